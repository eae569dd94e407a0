export const WORDS = {
  title: 'Where are your notes?',
  lede: 'Every door can be opened later too. Whichever you take, it all leaves as Markdown whenever you want.',
  folder: 'A folder of Markdown',
  folderText:
    'From Obsidian, Logseq, iA Writer or by hand. It is copied in; the folder is never written to. You see what is in it before anything happens.',
  empty: 'Nowhere yet',
  emptyText: 'An empty vault, and one blank page',
  starter: 'Look around first',
  starterText: 'The starter vault: a few notes about a team that froze payments. It stays apart from yours.',
  privacy: 'Nothing leaves this computer until you ask it to',
  emptyName: 'My notes',
  starterName: 'Starter vault',
} as const
