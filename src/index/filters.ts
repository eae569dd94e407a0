/** A condition on `notes`, with the values that its question marks stand for. */
export type Filter = { readonly sql: string; readonly values: readonly string[] }

const FILTER = /(^|\s)(-?)(kind|status|due):(?:"([^"]*)"|([^\s"]+))(?=\s|$)/gi
const OF_COMMITMENT = "EXISTS (SELECT 1 FROM commitments WHERE n = notes.n AND notes.kind = 'commitment' AND"

/**
 * Takes what a query asks of a note's facts out of it: `kind:essay`, `status:kept` or `status:"in progress"`, and
 * `due:` with a day or the beginning of one, `<`, `>`, `<=` or `>=` a day, or `none`; `-` before it for all others. The rest is words.
 */
export function takeFilters(query: string): { readonly rest: string; readonly filters: readonly Filter[] } {
  const filters: Filter[] = []
  const rest = query.replace(FILTER, (_, space: string, not: string, key: string, quoted?: string, plain = '') => {
    const { sql, values } = filterOf(key.toLowerCase(), (quoted ?? plain).trim().toLowerCase())
    filters.push({ sql: not === '-' ? `NOT (${sql})` : sql, values })
    return `${space} `
  })
  return { rest, filters }
}

function filterOf(key: string, value: string): Filter {
  if (key === 'kind') return { sql: 'notes.kind = ?', values: [value] }
  if (key === 'status') {
    // What nobody has said anything of is considered.
    const sql = `${OF_COMMITMENT} coalesce(nullif(status, ''), 'considering') = ?)`
    return { sql, values: [value.replace(/[-_]+/g, ' ')] }
  }
  if (value === 'none') return { sql: `${OF_COMMITMENT} due = '')`, values: [] }
  const sign = /^[<>]=?/.exec(value)?.[0]
  if (sign) return { sql: `${OF_COMMITMENT} due <> '' AND due ${sign} ?)`, values: [value.slice(sign.length).trim()] }
  return { sql: `${OF_COMMITMENT} instr(due, ?) = 1)`, values: [value] }
}
