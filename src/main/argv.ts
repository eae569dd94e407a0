/** How the app was started: `electron . [chromium flags] [--cli VERB …]`, or an installed app with the same. */
export type StartArguments = {
  /** What follows `--cli`, without `--profile DIR`; null for a start with windows. */
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

/** @param argv `process.argv`, Chromium's own flags included */
export function readStartArguments(argv: readonly string[]): StartArguments {
  const at = argv.indexOf('--cli')
  const own = takeOption(at < 0 ? argv : argv.slice(0, at), '--user-data-dir').value
  if (at < 0) return { cli: null, profile: own }
  const { value, rest } = takeOption(argv.slice(at + 1), '--profile')
  return { cli: rest, profile: value ?? own }
}
