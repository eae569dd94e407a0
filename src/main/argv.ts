/**
 * How the app was started: `electron . [chromium flags] [--cli [--] VERB …]`, or
 * `throughline [flags] [--] [VERB …]`.
 */
export type StartArguments = {
  /** What follows `--cli`, without `--` and `--profile DIR`; null for a start with windows. */
  readonly cli: readonly string[] | null
  /** Where the app keeps its data, as it was written; null for the app's own place. */
  readonly profile: string | null
}

/** Takes `--NAME VALUE` or `--NAME=VALUE` out of `args`; the last one counts. */
function takeOption(args: readonly string[], name: string): { value: string | null; rest: readonly string[] } {
  const rest: string[] = []
  let value: string | null = null
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? ''
    if (arg.startsWith(`${name}=`)) value = arg.slice(name.length + 1)
    else if (arg === name && i + 1 < args.length) value = args[++i] ?? null
    else rest.push(arg)
  }
  return { value, rest }
}

/**
 * Where the words of the command line start; -1 for a start with windows. An installed app takes them without
 * `--cli`: `throughline list`. Chromium's own flags may stand before them, each as one argument.
 */
function startOfWords(argv: readonly string[], installed: boolean): number {
  const at = argv.indexOf('--cli')
  if (at >= 0 || !installed) return at < 0 ? -1 : at + 1
  return argv.findIndex((arg, i) => i > 0 && (!arg.startsWith('-') || arg === '--help' || arg === '-h'))
}

/**
 * @param argv `process.argv`, Chromium's own flags included
 * @param installed whether argv[1] is an argument already, and not the path of the app
 */
export function readStartArguments(argv: readonly string[], { installed = false } = {}): StartArguments {
  const at = startOfWords(argv, installed)
  const own = takeOption(at < 0 ? argv : argv.slice(0, at), '--user-data-dir').value
  if (at < 0) return { cli: null, profile: own }
  const words = argv.slice(argv[at] === '--' ? at + 1 : at)
  const { value, rest } = takeOption(words, '--profile')
  return { cli: rest, profile: value ?? own }
}
