import { type ReactNode, useId } from 'react'
import type { FolderId } from '../../../core/base/ids.ts'
import { useFolders } from '../../platform/notes.ts'
import { FORMS, type Form, isOffered, type Offer, scopeOf, WHATS, type What } from './export-choices.ts'
import { useAmount } from './use-amount.ts'
import { WORDS } from './words.ts'
import './export.css'

/** What goes out. Folders are chosen in place. */
export function WhatChoice({
  what,
  offer,
  vaultName,
  onWhat,
  onFolder,
}: {
  what: What
  offer: Offer
  vaultName: string
  onWhat: (what: What) => void
  onFolder: (folder: FolderId) => void
}) {
  return (
    <Choices label={WORDS.what}>
      {(name) =>
        WHATS.map((each) => {
          const scope = scopeOf(each, offer)
          return (
            scope && (
              <Choice
                key={each}
                group={name}
                text={WORDS.whats[each]}
                isChosen={each === what}
                onChoose={() => onWhat(each)}
                more={each === 'folder' && each === what && <FolderSelect value={offer.folder} onChange={onFolder} />}
              >
                <Amount what={each} offer={offer} vaultName={vaultName} />
              </Choice>
            )
          )
        })
      }
    </Choices>
  )
}

export function FormChoice({ form, what, onForm }: { form: Form; what: What; onForm: (form: Form) => void }) {
  return (
    <Choices label={WORDS.as}>
      {(name) =>
        FORMS.filter((each) => isOffered(each, what)).map((each) => (
          <Choice
            key={each}
            group={name}
            text={WORDS.forms[each][0]}
            isChosen={each === form}
            onChoose={() => onForm(each)}
          >
            {WORDS.forms[each][1]}
          </Choice>
        ))
      }
    </Choices>
  )
}

function Amount({ what, offer, vaultName }: { what: What; offer: Offer; vaultName: string }) {
  const amount = useAmount(scopeOf(what, offer))
  const folders = useFolders().data
  const name =
    what === 'vault'
      ? vaultName
      : what === 'folder'
        ? (folders?.find(({ id }) => id === offer.folder)?.name ?? '')
        : what === 'search'
          ? `“${offer.query}”`
          : ''
  if (!amount) return name
  const text = WORDS.amount(amount.notes, amount.attachments) + (what === 'vault' ? `, ${WORDS.everyLink}` : '')
  return name === '' ? text : `${name}: ${text}`
}

function FolderSelect({ value, onChange }: { value: FolderId | null; onChange: (folder: FolderId) => void }) {
  const folders = useFolders().data ?? []
  const pathOf = (id: FolderId): string => {
    const folder = folders.find((each) => each.id === id)
    if (!folder) return ''
    return folder.parentId === null ? folder.name : `${pathOf(folder.parentId)} / ${folder.name}`
  }
  const options = folders.map(({ id }) => ({ id, path: pathOf(id) })).sort((a, b) => a.path.localeCompare(b.path))
  return (
    <select
      className="choice-select"
      aria-label={WORDS.whichFolder}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value as FolderId)}
    >
      {options.map(({ id, path }) => (
        <option key={id} value={id}>
          {path}
        </option>
      ))}
    </select>
  )
}

function Choices({ label, children }: { label: string; children: (group: string) => ReactNode }) {
  const group = useId()
  return (
    <div className="transfer-row" role="radiogroup" aria-label={label}>
      <span aria-hidden="true">{label}</span>
      <div className="choices">{children(group)}</div>
    </div>
  )
}

function Choice({
  group,
  text,
  isChosen,
  onChoose,
  more,
  children,
}: {
  group: string
  text: string
  isChosen: boolean
  onChoose: () => void
  more?: ReactNode
  children: ReactNode
}) {
  const id = useId()
  return (
    <div className="choice">
      <label>
        <input type="radio" name={group} checked={isChosen} onChange={onChoose} aria-describedby={`${id}-about`} />
        {text}
      </label>
      <small id={`${id}-about`} className="num">
        {children}
      </small>
      {more}
    </div>
  )
}
