import { $addUpdateTag, type LexicalEditor, SKIP_DOM_SELECTION_TAG, SKIP_SCROLL_INTO_VIEW_TAG } from 'lexical'
import type { FindQuery, Found } from '../../../../core/note/find-in-note.ts'
import { AS_ACT } from '../../../../editor/extensions/blocks.ts'
import {
  $caretPlace,
  $readFindBlocks,
  $replaceFound,
  $selectFound,
  type FindBlock,
  type Replaced,
} from '../../../../editor/extensions/find.ts'
import { createPainter, rangeOf } from './paint.ts'
import { createSearcher, type Searcher, type SearchResult } from './search-texts.ts'

export type FindCount = {
  readonly count: number
  /** The current one, from 1; 0 where there is none. */
  readonly at: number
  /** More than are looked for. */
  readonly isCapped: boolean
  readonly problem: 'bad-pattern' | 'slow' | null
}

export type Finder = {
  /** From where the caret is now. */
  start(): void
  /** Looks for something else; the first place from the caret on becomes the current one. */
  look(query: FindQuery): void
  /** Goes to another place, around at the ends; `inText`: the selection goes along, and it starts from there. */
  step(by: 1 | -1, inText: boolean): void
  /** Replaces the current place and goes to the next; what cannot be replaced is passed. */
  replaceOne(template: string): Replaced
  /** One step to undo. */
  replaceAll(template: string): Replaced
  /** Selects the current place, for the caret to be there. */
  select(): void
  dispose(): void
}

type Place = { readonly block: FindBlock; readonly index: number; readonly found: Found }
type Spot = { readonly id: string; readonly index: number; readonly at: number }

/** More than anybody steps through; a single letter in a long note is so often. */
const MOST = 10_000
/** ms after the last edit before the text is looked through anew: nothing of it stands between a key and its letter. */
const AFTER_EDIT = 200

/** Follows what is looked for in a note, through its edits. Reads and paints; writes only by the two replacings. */
export function createFinder(
  editor: LexicalEditor,
  onChange: (count: FindCount) => void,
  searcher: Searcher = createSearcher(),
): Finder {
  const painter = createPainter(editor)
  let query: FindQuery | null = null
  let blocks: readonly FindBlock[] = []
  /** What is known of each text for this query: a block that did not change is not looked through again. */
  let known = new Map<string, readonly Found[]>()
  let places: readonly Place[] = []
  let isCapped = false
  let problem: FindCount['problem'] = null
  let current = -1
  /** Where the current place is, or the next one is to be looked for. */
  let spot: Spot | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  const tell = () => onChange({ count: places.length, at: current + 1, isCapped, problem })

  const settle = (reveals: boolean) => {
    const next: Place[] = []
    isCapped = false
    for (const [index, block] of blocks.entries()) {
      for (const found of known.get(block.text) ?? []) {
        if (next.length < MOST) next.push({ block, index, found })
        else isCapped = true
      }
    }
    places = next
    current = places.length === 0 ? -1 : Math.max(0, places.findIndex(isFrom(spot, blocks)))
    painter.show(places.map(toShown), current)
    if (reveals) reveal()
    tell()
  }

  const refresh = (reveals: boolean) => {
    clearTimeout(timer)
    timer = undefined
    if (query === null || query.query === '') {
      blocks = []
      problem = null
      return settle(false)
    }
    blocks = editor.getEditorState().read($readFindBlocks)
    const texts = new Set(blocks.map(({ text }) => text))
    known = new Map([...known].filter(([text]) => texts.has(text)))
    const wanted = [...texts].filter((text) => !known.has(text))
    if (wanted.length === 0) return settle(reveals)
    const asked = query
    const take = (result: SearchResult) => {
      if (result.is === 'replaced' || query !== asked) return
      problem = result.is === 'found' ? null : result.is
      if (result.is === 'found') for (const [at, text] of wanted.entries()) known.set(text, result.found[at] ?? [])
      else blocks = []
      settle(reveals)
    }
    searcher.search(query, wanted, MOST, take)
  }

  const keep = () => {
    const place = places[current]
    if (place) spot = { id: place.block.id, index: place.index, at: place.found.start }
  }
  const reveal = () => {
    const place = places[current]
    if (place) scrollTo(editor, rangeOf(editor, place.block, place.found))
  }
  const caret = (isEnd: boolean): Spot | null => {
    const now = editor.getEditorState().read(() => {
      const all = $readFindBlocks()
      const place = $caretPlace(all, isEnd)
      return place && { id: all[place.index]?.id ?? '', ...place }
    })
    return now
  }
  const go = (to: number) => {
    current = to
    keep()
    painter.show(places.map(toShown), current)
    reveal()
    tell()
  }
  const select = (tags: readonly string[] = []) => {
    const place = places[current]
    if (!place) return
    editor.update(
      () => {
        for (const tag of tags) $addUpdateTag(tag as never)
        $selectFound(place.block, place.found)
      },
      { discrete: true },
    )
  }
  const replace = (chosen: readonly Place[], template: string): Replaced => {
    const regex = query?.regex === true
    const byBlock = new Map<FindBlock, Found[]>()
    for (const { block, found } of chosen) byBlock.set(block, [...(byBlock.get(block) ?? []), found])
    const wanted = [...byBlock].map(([{ id, text }, found]) => ({ id, text, found }))
    let done: Replaced = { replaced: 0, left: 0 }
    editor.update(
      () => {
        done = $replaceFound(wanted, template, regex)
      },
      // the focus stays in the bar
      { discrete: true, tag: [...AS_ACT, SKIP_DOM_SELECTION_TAG, SKIP_SCROLL_INTO_VIEW_TAG] },
    )
    return done
  }

  const stop = editor.registerUpdateListener(({ dirtyElements, dirtyLeaves }) => {
    if (query === null || (dirtyElements.size === 0 && dirtyLeaves.size === 0)) return
    clearTimeout(timer)
    timer = setTimeout(() => refresh(false), AFTER_EDIT)
  })

  return {
    start: () => {
      spot = caret(false)
    },
    look: (next) => {
      query = next
      known = new Map()
      refresh(true)
    },
    step: (by, inText) => {
      if (timer !== undefined) refresh(false)
      if (places.length === 0) return
      const from = inText ? caret(by === 1) : null
      let to = current + by
      if (from) {
        const after = places.findIndex(isFrom(from, blocks))
        to = by === 1 ? (after < 0 ? 0 : after) : (after < 0 ? places.length : after) - 1
      }
      go((to + places.length) % places.length)
      if (inText) select()
    },
    replaceOne: (template) => {
      if (timer !== undefined) refresh(false)
      const place = places[current]
      if (!place) return { replaced: 0, left: 0 }
      const done = replace([place], template)
      const { id, text } = place.block
      if (done.replaced === 0) go((current + 1) % places.length)
      else {
        const { found, index } = place
        const now = editor.getEditorState().read($readFindBlocks)
        const size = now.find((block) => block.id === id)?.text.length ?? 0
        // behind what took its place, which may hold the same words
        spot = { id, index, at: found.end + size - text.length }
        refresh(true)
        keep()
      }
      return done
    },
    replaceAll: (template) => {
      if (timer !== undefined) refresh(false)
      const done = replace(places, template)
      refresh(false)
      return done
    },
    select,
    dispose: () => {
      stop()
      clearTimeout(timer)
      searcher.dispose()
      painter.dispose()
    },
  }
}

const toShown = ({ block, found }: Place) => ({ block, found })

/** Whether a place stands at a spot or behind it. */
function isFrom(spot: Spot | null, blocks: readonly FindBlock[]): (place: Place) => boolean {
  if (!spot) return () => true
  const same = blocks.findIndex(({ id }) => id === spot.id)
  const index = same < 0 ? spot.index : same
  return (place) => place.index > index || (place.index === index && place.found.start >= spot.at)
}

/** px that a place keeps from the edges of the page. */
const MARGIN = 48

function scrollTo(editor: LexicalEditor, range: Range | null): void {
  const scroller = editor.getRootElement()?.closest('.note-scroll')
  if (!scroller || !range) return
  const shown = range.getBoundingClientRect()
  // what is drawn in the place of source has no place of its own
  const element = range.startContainer.parentElement
  const { top, bottom } =
    shown.height > 0 ? shown : (element?.closest('[data-drawn]') ?? scroller).getBoundingClientRect()
  const view = scroller.getBoundingClientRect()
  if (top >= view.top + MARGIN && bottom <= view.bottom - MARGIN) return
  scroller.scrollTop += (top + bottom) / 2 - (view.top + view.bottom) / 2
}
