import { useClients } from '../../platform/clients.ts'
import { useNoteFacts } from '../../state/note-facts.ts'
import { useSession } from '../../state/session.ts'
import { activeNote, useTabs } from '../../state/tabs.ts'
import { useDelayed } from '../../ui/use-delayed.ts'
import { LogSince } from '../commitment/index.ts'
import { whereWordsLive } from '../vaults/index.ts'
import { Counts } from './Counts.tsx'
import { WORDS } from './words.ts'
import './footer.css'

/** Longer than a save takes: a word that comes and goes with each key would be noise. */
const SAVING_MS = 1000

/** Where the words live, whether they are there yet, and how many they are. */
export function Footer() {
  const vault = useSession((session) => session.vault)
  const fault = useSession((session) => session.fault)
  const indexing = useSession((session) => session.indexing)
  const isOpen = useClients(({ vault: client }) => client !== null)
  const noteId = useTabs(activeNote)
  const facts = useNoteFacts(({ byNote }) => (noteId === null ? undefined : byNote[noteId]))
  const isSaving = useNoteFacts(({ byNote }) => Object.values(byNote).some((each) => each.isSaving))
  const saysSaving = useDelayed(isSaving, SAVING_MS)
  const saysOpening = useDelayed(!isOpen, SAVING_MS)
  return (
    <footer className="footer">
      {fault !== null ? (
        <span className="footer-fault">{WORDS.notSaved}</span>
      ) : saysOpening ? (
        <span>{WORDS.opening}</span>
      ) : indexing !== null ? (
        <span className="num">{WORDS.indexing(indexing.done, indexing.total)}</span>
      ) : saysSaving ? (
        <span>{WORDS.saving}</span>
      ) : (
        <span className="clip">{vault && whereWordsLive(vault, new Date())}</span>
      )}
      {facts && (
        <span className="footer-right num">
          {noteId !== null && <LogSince id={noteId} />}
          <Counts facts={facts} />
          {facts.paragraph > 0 && <span>{WORDS.paragraph(facts.paragraph, facts.paragraphs)}</span>}
        </span>
      )}
    </footer>
  )
}
