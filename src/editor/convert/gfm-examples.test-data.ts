/**
 * The examples of the GFM specification (0.29, its own extensions), and footnotes as github.com has them.
 */
export const GFM_EXAMPLES: readonly (readonly [name: string, markdown: string])[] = [
  ['198: a table', '| foo | bar |\n| --- | --- |\n| baz | bim |\n'],
  ['199: alignment', '| abc | defghi |\n:-: | -----------:\nbar | baz\n'],
  ['200: pipes in code', '| f\\|oo  |\n| ------ |\n| b `\\|` az |\n| b **\\|** im |\n'],
  ['201: ended by a quote', '| abc | def |\n| --- | --- |\n| bar | baz |\n> bar\n'],
  ['202: ended by a blank line', '| abc | def |\n| --- | --- |\n| bar | baz |\nbar\n\nbar\n'],
  ['203: no table', '| abc | def |\n| --- |\n| bar |\n'],
  ['204: too many and too few cells', '| abc | def |\n| --- | --- |\n| bar |\n| bar | baz | boo |\n'],
  ['205: no rows', '| abc | def |\n| --- | --- |\n'],
  ['279: tasks', '- [ ] foo\n- [x] bar\n'],
  ['280: tasks in tasks', '- [x] foo\n  - [ ] bar\n  - [x] baz\n- [ ] bim\n'],
  ['491: strikethrough', '~~Hi~~ Hello, ~there~ world!\n'],
  ['492: not over paragraphs', 'This ~~has a\n\nnew paragraph~~.\n'],
  ['493: three tildes', 'This will ~~~not~~~ strike.\n'],
  ['622: www', 'www.commonmark.org\n'],
  ['623: www with a path', 'Visit www.commonmark.org/help for more information.\n'],
  ['624: trailing signs', 'Visit www.commonmark.org.\n\nVisit www.commonmark.org/a.b.\n'],
  [
    '625: parentheses',
    'www.google.com/search?q=Markup+(business)\n\nwww.google.com/search?q=Markup+(business)))\n\n(www.google.com/search?q=Markup+(business))\n\n(www.google.com/search?q=Markup+(business)\n',
  ],
  ['626: parentheses inside', 'www.google.com/search?q=(business))+ok\n'],
  ['627: entities', 'www.google.com/search?q=commonmark&hl=en\n\nwww.google.com/search?q=commonmark&hl;\n'],
  ['628: <', 'www.commonmark.org/he<lp\n'],
  [
    '629: schemes',
    'http://commonmark.org\n\n(Visit https://encrypted.google.com/search?q=Markup+(business))\n\nAnonymous FTP is available at ftp://foo.bar.baz.\n',
  ],
  ['630: mail', 'foo@bar.baz\n'],
  ['631: plus', "hello@mail+xyz.example isn't valid, but hello+xyz@mail.example is.\n"],
  ['632: ends', 'a.b-c_d@a.b\n\na.b-c_d@a.b.\n\na.b-c_d@a.b-\n\na.b-c_d@a.b_\n'],
  [
    '652: raw HTML',
    '<strong> <title> <style> <em>\n\n<blockquote>\n  <xmp> is disallowed.  <XMP> is also disallowed.\n</blockquote>\n',
  ],
  [
    'footnotes',
    'A[^1] and B[^note].\n\n[^1]: One.\n[^note]: Two,\n    in two lines.\n\n    And *another* paragraph.\n',
  ],
  ['footnotes in lists and quotes', '- a[^x]\n\n> b[^x]\n\n[^x]: `code`\n'],
  ['tasks between items', '- a\n- [ ] b\n- c\n\n1. [x] d\n2. e\n'],
  ['a table in a list', '- a\n\n  | b | c |\n  | - | - |\n  | d | e |\n'],
]
