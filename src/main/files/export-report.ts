import type { ExportReport } from '../../ipc/app-contract.ts'
import type { Mentions } from './export-mentions.ts'
import { type PlannedFile, type PlannedNote, renamedIn, sidecarFor, type VaultPlan } from './export-plan.ts'
import type { Scope } from './export-scope.ts'
import type { Receipt, ReceiptLine } from './receipt.ts'

type Totals = NonNullable<Receipt['totals']>
type Hidden = NonNullable<Receipt['hidden']>

const sum = (lines: readonly ReceiptLine[], fact: 'links' | 'blockIds' | 'size') =>
  lines.reduce((count, line) => count + (line[fact] ?? 0), 0)

function totalsOf(
  notes: readonly ReceiptLine[],
  attachments: readonly ReceiptLine[],
  unresolved: number | null,
  compared: Totals['compared'],
): Totals {
  return {
    notes: notes.length,
    attachments: attachments.length,
    links: sum(notes, 'links'),
    unresolved,
    blockIds: sum(notes, 'blockIds'),
    bytes: sum(notes, 'size') + sum(attachments, 'size'),
    compared,
  }
}

/** How much there is that other tools do not show: of the vault's own files beside the Markdown, and its history. */
function hiddenIn(sidecar: Readonly<Record<string, string>>, versions: number): Hidden {
  return {
    versions,
    pins: entriesOf(sidecar['pins.json'], 'pins'),
    trails: entriesOf(sidecar['trails.json'], 'trails'),
  }
}

function entriesOf(json: string | undefined, name: string): number {
  try {
    const value: unknown = JSON.parse(json ?? 'null')
    const list: unknown =
      typeof value === 'object' && value !== null && name in value ? Reflect.get(value, name) : value
    return Array.isArray(list) ? list.length : typeof list === 'object' && list !== null ? Object.keys(list).length : 0
  } catch {
    return 0
  }
}

type Made = Pick<Receipt, 'notes' | 'attachments' | 'renamed' | 'leftAlone' | 'problems'> & {
  readonly totals: Totals
  readonly hidden: Hidden
}

/** What a window and the command line are told of an export. */
export function reportOf(
  { totals, hidden, renamed, leftAlone, problems }: Made,
  run: Pick<ExportReport, 'folder' | 'receipt' | 'written' | 'ms' | 'cancelled'>,
): ExportReport {
  const { compared, ...counts } = totals
  return {
    ...run,
    ...counts,
    compared,
    hidden,
    renamed: [...renamed],
    leftAlone: [...leftAlone],
    problems: [...problems],
    done: !run.cancelled && problems.length === 0 && compared.same === compared.files,
  }
}

type Outcome = {
  readonly plan: VaultPlan
  readonly scope: Scope
  readonly notes: readonly PlannedNote[]
  readonly files: readonly PlannedFile[]
  /** What lies there now, by path. */
  readonly lines: ReadonlyMap<string, ReceiptLine>
  /** null for a whole vault. */
  readonly mentions: Mentions | null
  readonly unresolved: number | null
  readonly versions: number
  readonly listed: () => Pick<Receipt, 'leftAlone' | 'problems'>
}

/** What a copy says of itself once its files are written: what lies beside them, and the receipt as it would be now. */
export function outcomeOf({ plan, scope, notes, files, lines, mentions, unresolved, versions, listed }: Outcome) {
  const renamed = renamedIn([...notes, ...files].filter(({ path }) => lines.has(path)))
  const sidecar = sidecarFor(plan, { scope, notes, renamed, hasWord: (word) => mentions?.hasWord(word) ?? true })
  const hidden = hiddenIn(sidecar, versions)
  const linesOf = (list: readonly { path: string }[]) => list.flatMap(({ path }) => lines.get(path) ?? [])
  const make = (compared: Totals['compared']): Made => {
    const own = { notes: linesOf(notes), attachments: linesOf(files) }
    const totals = totalsOf(own.notes, own.attachments, unresolved, compared)
    return { totals, hidden, renamed, ...own, ...listed() }
  }
  return { sidecar, make }
}
