import type { PropertyValue } from '../core/note/note.ts'

const MAX_DEPTH = 64

/** Any value of a shared type as JSON: what JSON does not know, or what lies too deep, becomes null. */
export function jsonOf(value: unknown, depth = 0): PropertyValue {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'object' || value === null || depth === MAX_DEPTH) return null
  if (Array.isArray(value)) return value.map((item) => jsonOf(item, depth + 1))
  if (Object.getPrototypeOf(value) !== Object.prototype) return null
  const entries = Object.entries(value).filter(([key]) => key !== '__proto__')
  return Object.fromEntries(entries.map(([key, item]) => [key, jsonOf(item, depth + 1)]))
}

/** Equal as JSON, the order of an object's keys included: frontmatter shows it. */
export const sameJson = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)
