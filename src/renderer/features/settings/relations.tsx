import { Waypoints } from 'lucide-react'
import type { RelationWord } from '../../../core/relation/words.ts'
import { useOwnWords, useWords } from '../../platform/relation-words.ts'
import { showOverlay } from '../../state/overlay.ts'
import { useSession } from '../../state/session.ts'
import { Act } from '../../ui/Act.tsx'
import type { SettingRow, SettingsSection } from './section.ts'
import { WORDS } from './words.ts'

/** The verbs of the vault of this window; nothing where there is none. */
export function useRelations(): SettingsSection {
  const vault = useSession((session) => session.vault)
  const words = useWords()
  const own = useOwnWords()
  const rowOf = (entry: RelationWord): SettingRow => {
    const isOwn = own.includes(entry.word)
    return {
      id: `relation-${entry.word}`,
      label: `${entry.reading}, ${entry.inverseReading}`,
      note: WORDS.relationWritten(entry.word, entry.inverse),
      also: WORDS.relationAlso,
      ...(isOwn
        ? {
            control: (
              <>
                <Act
                  text={WORDS.change}
                  label={WORDS.changeRelation(entry.reading)}
                  onClick={() => showOverlay({ is: 'relation-word', word: entry.word })}
                />
                <Act
                  text={WORDS.remove}
                  label={WORDS.removeRelation(entry.reading)}
                  onClick={() => showOverlay({ is: 'remove-relation-word', word: entry.word })}
                />
              </>
            ),
          }
        : {}),
    }
  }
  return {
    id: 'relations',
    title: WORDS.relations,
    icon: Waypoints,
    lede: WORDS.relationsLede,
    rows: vault
      ? [
          ...words.map(rowOf),
          {
            id: 'relation-new',
            label: WORDS.newRelation,
            note: WORDS.newRelationNote,
            also: WORDS.relationAlso,
            control: <Act text={WORDS.addRelation} onClick={() => showOverlay({ is: 'relation-word', word: null })} />,
          },
        ]
      : [],
  }
}
