import { isDay } from '../base/calendar-day.ts'
import { parseWikilink, shownText } from '../link/wikilink.ts'
import type { PropertyValue } from './note.ts'
import { valueText } from './value-text.ts'

export { isDay } from '../base/calendar-day.ts'

/** How a property's value is shown and edited. `other` has no field: a map, a list in a list. */
export const PROPERTY_TYPES = ['text', 'list', 'number', 'checkbox', 'date', 'link'] as const
export type PropertyType = (typeof PROPERTY_TYPES)[number] | 'other'

const LINK = /^\[\[[^[\]\n]+\]\]$/

/** The type that a value says by itself; nothing beside the value is stored. */
export function propertyType(value: PropertyValue): PropertyType {
  if (value === null) return 'text'
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'checkbox'
  if (Array.isArray(value)) return value.every(isScalar) ? 'list' : 'other'
  if (typeof value === 'object') return 'other'
  if (isDay(value)) return 'date'
  return LINK.test(value) ? 'link' : 'text'
}

const isScalar = (value: PropertyValue): boolean => typeof value !== 'object'

export const isLinkText = (text: string): boolean => LINK.test(text)
/** Of `[[Folder/Title|shown]]`: what stands between the brackets. */
export const linkTarget = (text: string): string => text.slice(2, -2)
export const linkName = (text: string): string => parseWikilink(linkTarget(text)).name
export const linkShown = (text: string): string => shownText(linkTarget(text))

/** The same value as another type, no word of it lost; null where it cannot be one. `today` as `2026-03-19`. */
export function convertProperty(value: PropertyValue, to: PropertyType, today: string): PropertyValue | undefined {
  const from = propertyType(value)
  if (from === to || from === 'other') return from === to ? value : undefined
  const words = valueText(value)
  switch (to) {
    case 'text':
      return isOnly(value) && isLinkText(words) ? linkTarget(words) : words
    case 'list':
      return words === '' ? [] : [value as string | number | boolean]
    case 'number':
      return words === '' ? 0 : isNumber(words) ? Number(words) : undefined
    case 'checkbox':
      return words === ''
        ? false
        : /^(?:true|yes)$/i.test(words)
          ? true
          : /^(?:false|no)$/i.test(words)
            ? false
            : undefined
    case 'date':
      return words === '' ? today : isDay(words) ? words : undefined
    case 'link':
      if (isLinkText(words)) return words
      return words !== '' && !/[[\]\n]/.test(words) && isOnly(value) ? `[[${words}]]` : undefined
    default:
      return undefined
  }
}

const isOnly = (value: PropertyValue): boolean => !Array.isArray(value) || value.length === 1

/** Written so that the number says the same letters again: `1.10` and `007` are text. */
export const isNumber = (text: string): boolean => text.trim() !== '' && String(Number(text)) === text.trim()
