import type { NoteId } from '../../../core/base/ids.ts'
import { useIndex } from '../../platform/use-live.ts'

export const useBacklinks = (id: NoteId) => useIndex(`backlinks:${id}`, (index) => index.call('backlinks', { id }))

export const useOutlinks = (id: NoteId) => useIndex(`outlinks:${id}`, (index) => index.call('outlinks', { id }))
