import { useId, useState } from 'react'
import { wordKey } from '../../../core/relation/words.ts'
import { vaultClient } from '../../platform/clients.ts'
import { useOwnWords, useWords } from '../../platform/relation-words.ts'
import { useIndex } from '../../platform/use-live.ts'
import { showToast } from '../../state/notices.ts'
import { closeOverlay } from '../../state/overlay.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { attempt, say } from '../note-actions/index.ts'
import { WORDS } from './words.ts'
import './relation-words.css'

const readingFor = (word: string): string => {
  const words = wordKey(word).replaceAll('_', ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A verb that this vault has beside those of every vault: asked for, or read otherwise. */
export function RelationWordDialog({ word }: { word: string | null }) {
  const known = useWords().find((entry) => entry.word === word) ?? null
  const own = useOwnWords()
  const isNew = known === null || !own.includes(known.word)
  const [draft, setDraft] = useState({
    word: known?.word ?? '',
    inverse: known?.inverse ?? '',
    reading: known?.reading ?? '',
    inverseReading: known?.inverseReading ?? '',
  })
  const [problem, setProblem] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const form = useId()
  const field = (key: keyof typeof draft) => ({
    value: draft[key],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => {
      setDraft({ ...draft, [key]: event.currentTarget.value })
      setProblem(null)
    },
  })
  const save = async () => {
    if (draft.word.trim() === '') return setProblem(WORDS.needsWord)
    if (draft.inverse.trim() === '') return setProblem(WORDS.needsInverse)
    setBusy(true)
    try {
      await vaultClient().call('setRelationWord', {
        word: wordKey(draft.word),
        inverse: wordKey(draft.inverse),
        reading: draft.reading.trim() || readingFor(draft.word),
        inverseReading: draft.inverseReading.trim() || readingFor(draft.inverse),
      })
      closeOverlay()
    } catch (error) {
      setProblem(say(error))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={isNew ? WORDS.add : WORDS.change(known.reading)}
      lede={isNew ? WORDS.lede : WORDS.changeLede}
      onClose={closeOverlay}
      actions={
        <>
          <Button look="ghost" onClick={closeOverlay}>
            {WORDS.cancel}
          </Button>
          <Button look="primary" type="submit" form={form} isBusy={isBusy}>
            {isNew ? WORDS.save : WORDS.saveChange}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="relation-form"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        {isNew && (
          <>
            <Field label={WORDS.word} {...field('word')} autoFocus placeholder="builds_on" />
            <Field label={WORDS.inverse} {...field('inverse')} placeholder="built_on_by" />
          </>
        )}
        <Field label={WORDS.reading} {...field('reading')} placeholder={readingFor(draft.word) || 'Builds on'} />
        <Field
          label={WORDS.inverseReading}
          {...field('inverseReading')}
          placeholder={readingFor(draft.inverse) || 'Built on by'}
        />
        <p className="relation-sample">
          <code>{WORDS.sample(wordKey(draft.word))}</code>
        </p>
        {problem !== null && (
          <p className="field-error" role="alert">
            {problem}
          </p>
        )}
      </form>
    </Dialog>
  )
}

/** What goes with a word before it goes; it can be had back. */
export function RemoveWordDialog({ word }: { word: string }) {
  const known = useWords().find((entry) => entry.word === word)
  const { data: use } = useIndex(known ? `relation-use:${word}` : null, (index) =>
    index.call('relationUse', { words: known ? [known.word, known.inverse] : [] }),
  )
  if (!known) return null
  const remove = () => {
    closeOverlay()
    attempt(async () => {
      await vaultClient().call('removeRelationWord', { word })
      showToast(WORDS.removed(known.reading), async () => {
        await vaultClient().call('setRelationWord', { ...known })
      })
    })
  }
  return (
    <Dialog
      title={WORDS.remove(known.reading)}
      // its line is kept while they are counted
      lede={use ? WORDS.usedBy(use.notes) : '\u00a0'}
      onClose={closeOverlay}
      actions={
        <>
          <Button onClick={remove}>{WORDS.removeNow}</Button>
          <Button look="primary" onClick={closeOverlay}>
            {WORDS.keep}
          </Button>
        </>
      }
    >
      <ul className="relation-happens">
        {WORDS.removeHappens.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Dialog>
  )
}
