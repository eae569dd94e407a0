declare const brand: unique symbol
export type Branded<Name extends string> = string & { readonly [brand]: Name }

/** 21 characters of nanoid's alphabet, or what a file said of itself where that is valid. */
export type NoteId = Branded<'NoteId'>
export type FolderId = Branded<'FolderId'>
export type VaultId = Branded<'VaultId'>

const ID = /^[A-Za-z0-9_-]{8,64}$/

/** Ids become names of databases and parts of addresses, so their alphabet is closed. */
export const isId = (text: string): boolean => ID.test(text)

export const noteId = (text: string): NoteId => text as NoteId
export const folderId = (text: string): FolderId => text as FolderId
export const vaultId = (text: string): VaultId => text as VaultId
