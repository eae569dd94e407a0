import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { isKind, KINDS } from '../../../core/note/note.ts'
import { CallError } from '../../../ipc/rpc.ts'
import { readProblem } from '../../files/scan.ts'
import { text, type Verb, type VerbValues } from '../verb.ts'

const KIND_OPTION = { type: 'string', value: 'K', about: KINDS.join(', ') } as const
const MARKDOWN_OPTION = { type: 'string', value: 'FILE', about: 'a file with the text' } as const
const FIND = 'TITLE_OR_PATH'

const complainKind = (_: readonly string[], { kind }: VerbValues) =>
  kind === undefined || isKind(kind) ? null : `There is no kind “${String(kind)}”: ${KINDS.join(', ')}.`

const kindOf = ({ kind }: VerbValues) => (isKind(kind) ? kind : undefined)
const time = (ms: number) => new Date(ms).toISOString()

async function readText(cwd: string, file: string): Promise<string> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path.resolve(cwd, file))
  } catch (error) {
    throw new CallError('no-file', `${file}: ${readProblem(error)}`)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new CallError('not-text', `${file} is not UTF-8 text.`)
  }
}

export const listVerb: Verb = {
  name: 'list',
  usage: '[--kind K] [--tag T]',
  about: 'the notes, by title',
  positionals: 0,
  options: { kind: KIND_OPTION, tag: { type: 'string', value: 'T', about: 'with this tag, or one nested in it' } },
  complain: complainKind,
  run: (context, _, values) =>
    context.open(async ({ vault, index }) => {
      const kind = kindOf(values)
      const tag = text(values.tag)?.replace(/^#/, '')
      const filter = kind === undefined ? {} : { kind }
      if (tag !== undefined) await vault.call('whenIndexed', {})
      const rows =
        tag === undefined ? await vault.call('notes', filter) : await (await index()).call('list', { ...filter, tag })
      return rows.map((row) => ({
        id: row.id,
        title: row.title,
        kind: row.kind,
        path: row.path,
        updated: time(row.updated),
      }))
    }),
}

export const showVerb: Verb = {
  name: 'show',
  usage: FIND,
  about: 'one note with its Markdown',
  positionals: 1,
  options: {},
  run: (context, [name = '']) =>
    context.open(async ({ vault }) => {
      const { id } = await vault.call('find', { name })
      const { title, kind, properties } = await vault.call('note', { id })
      const { path: place, markdown } = await vault.call('showMarkdown', { id })
      return {
        id,
        title,
        kind,
        path: place,
        markdown,
        properties: Object.fromEntries(properties.map(({ key, value }) => [key, value])),
      }
    }),
}

export const newVerb: Verb = {
  name: 'new',
  usage: 'TITLE [--kind K] [--markdown FILE]',
  about: 'writes a note, of the kind that its file says where --kind is left out',
  positionals: 1,
  options: { kind: KIND_OPTION, markdown: MARKDOWN_OPTION },
  complain: (positionals, values) => (positionals[0]?.trim() === '' ? 'The title is empty.' : complainKind([], values)),
  run: (context, [title = ''], values) =>
    context.open(async ({ id: vaultId, vault }) => {
      const file = text(values.markdown)
      const markdown = file === undefined ? {} : { markdown: await readText(context.cwd, file) }
      const row = await vault.call('createNote', { title, kind: kindOf(values), ...markdown })
      await vault.call('flush', {})
      await context.jobs.count(vaultId)
      return { id: row.id, path: row.path }
    }),
}

export const appendVerb: Verb = {
  name: 'append',
  usage: `${FIND} --markdown FILE`,
  about: 'adds text at the end of a note',
  positionals: 1,
  options: { markdown: MARKDOWN_OPTION },
  required: ['markdown'],
  run: (context, [name = ''], values) =>
    context.open(async ({ vault }) => {
      const markdown = await readText(context.cwd, text(values.markdown) ?? '')
      const { id } = await vault.call('find', { name })
      const row = await vault.call('appendMarkdown', { id, markdown })
      await vault.call('flush', {})
      return { id: row.id, path: row.path }
    }),
}
