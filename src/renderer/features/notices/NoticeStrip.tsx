import { CircleAlert, HardDrive, Info, X } from 'lucide-react'
import { closeNotice, useNotices } from '../../state/notices.ts'
import { Button } from '../../ui/Button.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { WORDS } from './words.ts'
import './notices.css'

const ICONS = { error: HardDrive, warning: CircleAlert, info: Info } as const

/** One at a time under the tabs: what happened and what is safe. Rubric only when words are unsaved. */
export function NoticeStrip() {
  const notice = useNotices(({ notices }) => notices[0])
  if (!notice) return null
  return (
    <div className={`notice-strip is-${notice.level}`} role={notice.level === 'error' ? 'alert' : 'status'}>
      <Icon of={ICONS[notice.level]} />
      <div className="notice-words">
        {notice.detail === undefined ? <p>{notice.text}</p> : <b>{notice.text}</b>}
        {notice.detail !== undefined && <p className="notice-detail">{notice.detail}</p>}
      </div>
      {notice.actions && (
        <div className="notice-actions">
          {notice.actions.map(({ label, run, isPrimary }) => (
            <Button key={label} look={isPrimary ? 'primary' : 'secondary'} onClick={run}>
              {label}
            </Button>
          ))}
        </div>
      )}
      {notice.canClose && <IconButton icon={X} label={WORDS.close} onClick={() => closeNotice(notice.key)} />}
    </div>
  )
}
