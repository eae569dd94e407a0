import { type ReactNode, useId, useState } from 'react'
import { Button } from './Button.tsx'
import { Dialog } from './Dialog.tsx'
import { Field } from './Field.tsx'

type NameDialogProps = {
  title: string
  lede?: string
  label: string
  initial?: string
  action: string
  cancel: string
  /** Said where nothing was typed. */
  needsName: string
  isAuthored?: boolean
  extra?: ReactNode
  onClose: () => void
  /** Rejects with what is to be said; `say` makes a sentence of it. */
  onName: (name: string) => Promise<unknown>
  say: (error: unknown) => string
}

/** Asks for one name. Enter does it; a name that is refused stays, with the reason under it. */
export function NameDialog({ initial = '', onName, say, onClose, needsName, ...props }: NameDialogProps) {
  const [name, setName] = useState(initial)
  const [error, setError] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const form = useId()
  const submit = async () => {
    if (name.trim() === '') return setError(needsName)
    setBusy(true)
    try {
      await onName(name.trim())
      onClose()
    } catch (failure) {
      setError(say(failure))
      setBusy(false)
    }
  }
  return (
    <Dialog
      isSmall
      title={props.title}
      {...(props.lede === undefined ? {} : { lede: props.lede })}
      onClose={onClose}
      actions={
        <>
          <Button look="ghost" onClick={onClose}>
            {props.cancel}
          </Button>
          <Button look="primary" type="submit" form={form} isBusy={isBusy}>
            {props.action}
          </Button>
        </>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Field
          label={props.label}
          value={name}
          error={error}
          isAuthored={props.isAuthored ?? false}
          autoFocus
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => {
            setName(event.currentTarget.value)
            setError(null)
          }}
        />
        {props.extra}
      </form>
    </Dialog>
  )
}
