const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}’'_-]|\.(?=[\p{L}\p{N}]))*/gu

/** Words of running text: figures count, signs do not. Footer, lists and versions count by it, so that they agree. */
export const countWords = (text: string): number => text.match(WORD)?.length ?? 0
