import type { FollowOptions } from '../../../../editor/extensions/wikilinks.ts'

/** Opens what a link in a property leads to; `element` is where a question about it may hang. */
export type FollowProperty = (target: string, element: HTMLElement, options: FollowOptions) => void
