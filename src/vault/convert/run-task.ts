import { exportNote } from './export-note.ts'
import { importFile, reimportFile } from './import-note.ts'
import { readNote } from './read-note.ts'
import { receiveUpdates } from './receive-updates.ts'
import { findText, replaceText } from './replace-text.ts'
import type { Outcome, Task, TaskResult } from './tasks.ts'
import { noteToHtml } from './to-html.ts'
import { compareStates, showState, versionFacts } from './version-tasks.ts'

/** Never throws: what is wrong with one note is no matter of the others. */
export function runTask(task: Task): Outcome<TaskResult> {
  try {
    return { ok: true, value: run(task) }
  } catch {
    return { ok: false, error: 'failed' }
  }
}

function run(task: Task): TaskResult {
  switch (task.kind) {
    case 'import':
      return importFile(task)
    case 'reimport':
      return reimportFile(task)
    case 'export':
      return exportNote(task)
    case 'read':
      return readNote(task.state)
    case 'version':
      return versionFacts(task)
    case 'compare':
      return compareStates(task)
    case 'show':
      return showState(task)
    case 'find':
      return findText(task)
    case 'replace':
      return replaceText(task)
    case 'html':
      return noteToHtml(task)
    case 'receive':
      return receiveUpdates(task)
  }
}
