import { CircleAlert, HardDrive, Info, X } from 'lucide-react'
import { closeNotice, useNotices } from '../../state/notices.ts'
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
      <p>{notice.text}</p>
      {notice.canClose && <IconButton icon={X} label={WORDS.close} onClick={() => closeNotice(notice.key)} />}
    </div>
  )
}
