import { text, type Verb } from '../verb.ts'

const DEFAULT_LIMIT = 20

export const searchVerb: Verb = {
  name: 'search',
  usage: 'QUERY [--limit N]',
  about: 'full text; every word must occur, "phrases" too; the total is exact',
  positionals: 1,
  options: { limit: { type: 'string', value: 'N', about: `how many hits to show (${DEFAULT_LIMIT})` } },
  complain: (_, { limit }) =>
    limit === undefined || /^\d{1,6}$/.test(String(limit)) ? null : '--limit takes a number of hits.',
  run: (context, [query = ''], values) =>
    context.open(async ({ vault, index }) => {
      await vault.call('whenIndexed', {})
      const limit = Number(text(values.limit) ?? DEFAULT_LIMIT)
      const { total, ms, hits } = await (await index()).call('search', { query, limit })
      return {
        total,
        ms,
        hits: hits.map(({ id, title, path, kind, snippet }) => ({
          id,
          title,
          path,
          kind,
          snippet: snippet.map((piece) => piece.text).join(''),
        })),
      }
    }),
}

export const backlinksVerb: Verb = {
  name: 'backlinks',
  usage: 'TITLE_OR_PATH',
  about: 'the notes that link to a note, each with its sentence',
  positionals: 1,
  options: {},
  run: (context, [name = '']) =>
    context.open(async ({ vault, index }) => {
      await vault.call('whenIndexed', {})
      const { id } = await vault.call('find', { name })
      const { total, ms, items } = await (await index()).call('backlinks', { id })
      return {
        total,
        ms,
        items: items.map((item) => ({
          id: item.id,
          title: item.title,
          path: item.path,
          relation: item.relation,
          context: item.context,
        })),
      }
    }),
}

export const graphVerb: Verb = {
  name: 'graph',
  usage: '',
  about: 'every note and link; what is not written yet is of kind `unresolved`',
  positionals: 0,
  options: {},
  run: (context) =>
    context.open(async ({ vault, index }) => {
      await vault.call('whenIndexed', {})
      const { nodes, relations, edges } = await (await index()).call('graph', {})
      return {
        nodes,
        edges: edges.map(([from, to, relation]) => [nodes[from]?.id, nodes[to]?.id, relations[relation]]),
      }
    }),
}
