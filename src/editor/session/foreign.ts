import * as Y from 'yjs'

/**
 * Whether a text within holds something that is no character: Yjs allows it, nobody here writes it, and the binding
 * would take it for words (`[object Object]`) and write those.
 */
export function holdsForeign(type: unknown): boolean {
  // without recursion: a hostile doc may be as deep as it likes
  const queue: unknown[] = [type]
  for (const each of queue) {
    if (each instanceof Y.XmlText) {
      for (let item = each._start; item; item = item.right) {
        if (!item.deleted && (item.content instanceof Y.ContentEmbed || item.content instanceof Y.ContentType))
          return true
      }
    } else if (each instanceof Y.XmlElement) queue.push(...each.toArray())
  }
  return false
}

/** The same of what came with a transaction. */
export const bringsForeign = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): boolean =>
  events.some(({ target, changes }) =>
    target instanceof Y.XmlText
      ? changes.delta.some(({ insert }) => insert !== undefined && typeof insert !== 'string')
      : [...changes.added].some(({ content }) => content.getContent().some(holdsForeign)),
  )
