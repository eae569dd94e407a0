import type { Verb } from './verb.ts'
import { backupVerb, restoreVerb } from './verbs/backups.ts'
import { checkVerb } from './verbs/check.ts'
import { blastRadiusVerb, commitmentsVerb, evidenceVerb } from './verbs/commitments.ts'
import { exportVerb } from './verbs/export.ts'
import { backlinksVerb, graphVerb, searchVerb } from './verbs/find.ts'
import { importVerb } from './verbs/folders.ts'
import { logVerb } from './verbs/log.ts'
import { appendVerb, listVerb, newVerb, showVerb } from './verbs/notes.ts'
import { vaultsVerb } from './verbs/vaults.ts'

/** Every verb that exists, in the order of CLI.md; `--help` lists these and no more. */
export const VERBS: readonly Verb[] = [
  importVerb,
  exportVerb,
  vaultsVerb,
  listVerb,
  showVerb,
  newVerb,
  appendVerb,
  searchVerb,
  backlinksVerb,
  graphVerb,
  blastRadiusVerb,
  commitmentsVerb,
  evidenceVerb,
  logVerb,
  backupVerb,
  restoreVerb,
  checkVerb,
]
