import type { PropertyType } from '../../../../core/note/property-type.ts'

export const WORDS = {
  properties: 'Properties',
  add: 'Add a property',
  name: 'Name of a new property',
  nameOf: (key: string) => `Name of ${key}`,
  valueOf: (key: string) => shownKey(key),
  typeOf: (key: string, type: PropertyType) => `${shownKey(key)} is ${WORDS.types[type].toLowerCase()}: change it`,
  types: {
    text: 'Text',
    list: 'List',
    number: 'Number',
    checkbox: 'Checkbox',
    date: 'Date',
    link: 'Link',
    other: 'As written',
  } satisfies Record<PropertyType, string>,
  remove: (key: string) => `Remove ${shownKey(key)}`,
  removed: (key: string) => `${shownKey(key)} was removed.`,
  up: 'Move up',
  down: 'Move down',
  another: (key: string) => `Another of ${shownKey(key)}`,
  item: (key: string, at: number) => `${shownKey(key)}, ${at + 1}`,
  notNumber: (text: string) => `“${text}” is not a number. It can be kept as text.`,
  asText: 'Keep it as text',
  asWritten: 'Kept as written; it is changed in the file',
  fromLog: 'This note has a log: an entry there changes its status.',
  open: (title: string) => `Open ${title}`,
  yes: 'Yes',
  no: 'No',
}

/** `rests_on` as people read it. */
export function shownKey(key: string): string {
  const words = key.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
