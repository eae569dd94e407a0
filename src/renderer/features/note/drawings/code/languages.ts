export type Language = {
  /** What is written behind the fence. */
  readonly word: string
  readonly name: string
  /** Other words for it, for the filter. */
  readonly also: readonly string[]
}

const language = (word: string, name: string, ...also: string[]): Language => ({ word, name, also })

/** Those whose words are told apart by colour, and Mermaid, which is drawn. */
export const LANGUAGES: readonly Language[] = [
  language('', 'Plain text', 'plain', 'text', 'txt', 'plaintext'),
  language('arduino', 'Arduino', 'ino'),
  language('bash', 'Bash', 'sh', 'zsh'),
  language('c', 'C', 'h'),
  language('cpp', 'C++', 'cc', 'hpp'),
  language('csharp', 'C#', 'cs'),
  language('css', 'CSS'),
  language('diff', 'Diff', 'patch'),
  language('go', 'Go', 'golang'),
  language('graphql', 'GraphQL', 'gql'),
  language('html', 'HTML', 'xml', 'svg'),
  language('ini', 'INI, TOML', 'toml'),
  language('java', 'Java'),
  language('js', 'JavaScript', 'javascript', 'jsx', 'mjs'),
  language('json', 'JSON', 'jsonc', 'json5'),
  language('kotlin', 'Kotlin', 'kt'),
  language('less', 'Less'),
  language('lua', 'Lua'),
  language('makefile', 'Makefile', 'mk'),
  language('markdown', 'Markdown', 'md'),
  language('mermaid', 'Mermaid, drawn', 'diagram'),
  language('objectivec', 'Objective-C', 'objc', 'mm'),
  language('perl', 'Perl', 'pl'),
  language('php', 'PHP'),
  language('python', 'Python', 'py'),
  language('r', 'R'),
  language('ruby', 'Ruby', 'rb'),
  language('rust', 'Rust', 'rs'),
  language('scss', 'SCSS', 'sass'),
  language('shell', 'Shell session', 'console'),
  language('sql', 'SQL'),
  language('swift', 'Swift'),
  language('ts', 'TypeScript', 'typescript', 'tsx', 'mts'),
  language('vbnet', 'Visual Basic', 'vb'),
  language('wasm', 'WebAssembly', 'wat'),
  language('yaml', 'YAML', 'yml'),
]

/** The languages that a typed word may mean, best first, and the word itself where no language has it. */
export function languagesFor(query: string): readonly Language[] {
  const word = query.trim().toLowerCase()
  if (word === '') return LANGUAGES
  const rank = ({ word: own, name, also }: Language): number => {
    const words = [own, name.toLowerCase(), ...also]
    if (words.includes(word)) return 0
    if (words.some((known) => known.startsWith(word))) return 1
    return words.some((known) => known.includes(word)) ? 2 : 3
  }
  const found = LANGUAGES.map((language) => ({ language, rank: rank(language) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .map(({ language }) => language)
  const isKnown = found.some((language) => rank(language) === 0)
  return isKnown || !/^[\w+#.-]+$/.test(word) ? found : [...found, { word, name: word, also: [] }]
}
