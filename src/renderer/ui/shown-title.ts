/** What stands for a note whose title cannot be seen: the name of its file. */
export const shownTitle = (title: string, path: string): string =>
  title.trim() === '' ? (path.split('/').at(-1) ?? path) : title
