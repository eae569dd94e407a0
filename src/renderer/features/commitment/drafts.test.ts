import { afterEach, describe, expect, it, vi } from 'vitest'
import { noteId } from '../../../core/base/ids.ts'
import { keepDraft, restOf } from './drafts.ts'

afterEach(() => vi.unstubAllGlobals())

describe('drafts', () => {
  it('what was typed while an entry was on its way stays', () => {
    expect(restOf('Eleven hours. Tw', 'Eleven hours.')).toBe('Tw')
    expect(restOf('Eleven hours.', 'Eleven hours.')).toBeNull()
    expect(restOf('Something else', 'Eleven hours.')).toBe('Something else')
  })

  it('a storage that is full takes no letter away', () => {
    vi.stubGlobal('localStorage', {
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError')
      },
    })
    expect(() => keepDraft(noteId('note-pair-0001'), 'log', 'words')).not.toThrow()
  })
})
