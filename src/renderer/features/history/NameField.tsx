import { useState } from 'react'
import type { NoteId } from '../../../core/base/ids.ts'
import { vaultClient } from '../../platform/clients.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { say } from '../note-actions/index.ts'
import { WORDS } from './words.ts'

type NameFieldProps = {
  id: NoteId
  /** Null: the note as it is now, which is kept by it. */
  version: { readonly id: string; readonly name: string | null } | null
  label: string
  onClose: () => void
}

/** A name for a version. Named ones are never thinned. */
export function NameField({ id, version, label, onClose }: NameFieldProps) {
  const [name, setName] = useState(version?.name ?? '')
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const doing = async (act: () => Promise<unknown>) => {
    setBusy(true)
    try {
      await act()
      onClose()
    } catch (failure) {
      setError(say(failure))
      setBusy(false)
    }
  }
  const keep = () => {
    const given = name.trim()
    if (given === '') return setError(WORDS.needsName)
    void doing(() =>
      version === null
        ? vaultClient().call('keepVersion', { id, name: given })
        : vaultClient().call('nameVersion', { id, version: version.id, name: given }),
    )
  }
  return (
    <form
      className="versions-name"
      onSubmit={(event) => {
        event.preventDefault()
        keep()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.preventDefault()
        event.stopPropagation()
        onClose()
      }}
    >
      <Field
        label={label}
        value={name}
        error={error}
        maxLength={200}
        autoFocus
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          setName(event.currentTarget.value)
          setError(null)
        }}
      />
      <div className="versions-name-actions">
        <Button look="primary" type="submit" isBusy={isBusy}>
          {WORDS.keepIt}
        </Button>
        {version !== null && version.name !== null && (
          <Button
            onClick={() => void doing(() => vaultClient().call('nameVersion', { id, version: version.id, name: null }))}
          >
            {WORDS.takeNameAway}
          </Button>
        )}
        <Button look="ghost" onClick={onClose}>
          {WORDS.cancel}
        </Button>
      </div>
    </form>
  )
}
