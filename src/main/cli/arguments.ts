import { parseArgs } from 'node:util'
import type { Verb, VerbValues } from './verb.ts'

export type ParsedCommand =
  | { readonly type: 'help'; readonly text: string }
  | { readonly type: 'usage'; readonly text: string }
  | {
      readonly type: 'run'
      readonly verb: Verb
      readonly positionals: readonly string[]
      readonly values: VerbValues
      readonly vault: string | null
    }

const HEAD = `throughline VERB …

The result is one JSON value on stdout; progress and messages go to stderr.
Exit 0 done, 1 failed, 2 wrong usage.

`
const COMMON = `
  --profile DIR  where the app keeps its data (default: the app's own)
  --vault NAME   the vault, by name or id (default: the last one used)
`

const line = (left: string, right: string) => `  ${left.padEnd(48)} ${right}\n`

export function helpText(verbs: readonly Verb[]): string {
  return HEAD + verbs.map(({ name, usage, about }) => line(`${name} ${usage}`.trim(), about)).join('') + COMMON
}

function verbHelp({ name, usage, about, options }: Verb): string {
  const rows = Object.entries(options).map(([key, option]) => {
    return line(`--${key}${option.value ? ` ${option.value}` : ''}`, option.about)
  })
  return `throughline ${name} ${usage}\n${about}\n\n${rows.join('')}${COMMON}`
}

/** Reads what follows `--cli`. Nothing is looked up, so a wrong usage costs nothing. */
export function parseCommand(argv: readonly string[], verbs: readonly Verb[]): ParsedCommand {
  const [first, ...rest] = argv
  if (first === undefined) return { type: 'usage', text: helpText(verbs) }
  if (['--help', '-h', 'help'].includes(first)) return { type: 'help', text: helpText(verbs) }
  const common = first.startsWith('--vault')
  // `--vault NAME VERB …` is as good as `VERB … --vault NAME`
  const at = common ? argv.findIndex((arg, i) => !arg.startsWith('-') && argv[i - 1] !== '--vault') : 0
  const name = argv[at]
  const verb = verbs.find((known) => known.name === name)
  if (!verb) return { type: 'usage', text: `There is no verb “${name ?? first}”; throughline --help lists them.\n` }
  const args = common ? argv.toSpliced(at, 1) : rest
  const wrong = (why: string): ParsedCommand => ({
    type: 'usage',
    text: `${why}\nusage: throughline ${verb.name} ${verb.usage}\n`,
  })

  let parsed: { values: VerbValues; positionals: string[] }
  try {
    parsed = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        vault: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
        ...Object.fromEntries(Object.entries(verb.options).map(([key, { type }]) => [key, { type }])),
      },
    }) as typeof parsed
  } catch (error) {
    return wrong(error instanceof Error ? (error.message.split('. ')[0] ?? '') : 'wrong arguments')
  }
  const { vault, help, ...values } = parsed.values
  if (help === true) return { type: 'help', text: verbHelp(verb) }
  const { positionals } = parsed
  if (positionals.length < verb.positionals) return wrong('Something is missing.')
  if (positionals.length > verb.positionals + (verb.optional ?? 0))
    return wrong('There is one word too many; quote names with spaces.')
  const missing = verb.required?.find((key) => values[key] === undefined)
  if (missing !== undefined) return wrong(`--${missing} is missing.`)
  const complaint = verb.complain?.(positionals, values) ?? null
  if (complaint !== null) return wrong(complaint)
  return { type: 'run', verb, positionals, values, vault: typeof vault === 'string' ? vault : null }
}
