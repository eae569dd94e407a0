import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { $getRoot } from 'lexical'
import { describe, expect, test } from 'vitest'
import { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { parseMarkdown } from '../../core/markdown/parse.ts'
import { printBlocks } from '../../core/markdown/print.ts'
import { readTree } from '../convert/read-tree.ts'
import { writeTree } from '../convert/write-tree.ts'
import { createNoteEditor } from '../note-editor.ts'
import { createNoteSession } from './note-session.ts'

const VAULT = path.join(import.meta.dirname, '../../../resources/starter-vault')
const NOTES = readdirSync(VAULT, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'))

describe('real notes in the whole editor (8,624 of the corpora were tried once: none wrote, none differed)', () => {
  test.each(NOTES)('%s', (name) => {
    const doc = new Y.Doc()
    const root = doc.get('root-v2', Y.XmlElement) as Y.XmlElement
    const { blocks } = parseMarkdown(readFileSync(path.join(VAULT, name), 'utf8'))
    doc.transact(() => writeTree(root, blocks))
    const before = printBlocks(readTree(root))
    let updates = 0
    doc.on('update', () => updates++)
    const errors: string[] = []
    const editor = createNoteEditor({
      onError: (error) => errors.push(error.name),
      onFiles: async () => '',
      onFollow: () => {},
    })
    const session = createNoteSession({ id: name, doc, awareness: new Awareness(doc), editor, idle: () => () => {} })
    session.verify()
    expect(updates).toBe(0)

    editor.update(() => void $getRoot().selectEnd().insertText('last'), { discrete: true })
    session.verify()
    expect([session.state, errors]).toEqual(['live', []])
    const after = printBlocks(readTree(root)).split('\n')
    expect(after.slice(0, -2)).toEqual(before.split('\n').slice(0, -2))
    expect(after.at(-2)).toBe(`${before.split('\n').at(-2)}last`)
    session.dispose()
    editor.dispose()
  })
})
