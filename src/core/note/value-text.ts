import type { PropertyValue } from './note.ts'

/** A property's value in words, as search and differences read it. */
export function valueText(value: PropertyValue): string {
  if (value === null) return ''
  if (Array.isArray(value)) return value.map(valueText).join(', ')
  if (typeof value !== 'object') return String(value)
  return Object.entries(value)
    .map(([key, inner]) => `${key}: ${valueText(inner)}`)
    .join(', ')
}
