const places = (count: number) => (count === 1 ? '1 place' : `${count.toLocaleString()} places`)

export const WORDS = {
  bar: 'Find in this note',
  find: 'Find in this note',
  replace: 'Replace with',
  next: 'Next place',
  previous: 'Previous place',
  matchCase: 'Match capitals',
  wholeWords: 'Whole words',
  pattern: 'Regular expression',
  showReplace: 'Replace',
  hideReplace: 'Only find',
  close: 'Close',
  replaceOne: 'Replace',
  replaceAll: 'Replace all',
  nothing: 'None',
  count: (at: number, count: number, isCapped: boolean) =>
    `${at.toLocaleString()} of ${count.toLocaleString()}${isCapped ? ' and more' : ''}`,
  badPattern: 'This is not a regular expression yet. Is a bracket still open?',
  slow: 'This regular expression would take too long here. Nothing was changed. A simpler one may find it.',
  done: (replaced: number, left: number) => {
    if (replaced === 0 && left === 0) return 'Nothing was found, so nothing changed.'
    const kept = left === 0 ? '' : ` ${places(left)} in links or source stayed as written.`
    return replaced === 0 ? kept.trim() : `${places(replaced)} replaced, one step to undo.${kept}`
  },
} as const
