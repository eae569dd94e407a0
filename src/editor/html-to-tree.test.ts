import { describe, expect, test } from 'vitest'
import { printBlocks } from '../core/markdown/print.ts'
import { fakeDom } from '../testing/fake-dom.ts'
import { treeFromHtml } from './html-to-tree.ts'

const markdown = (html: string) => printBlocks(treeFromHtml(fakeDom(html))).trimEnd()

describe('pasted HTML', () => {
  test.each([
    ['<h2>Title</h2><p>One <b>two</b> <em>three</em></p>', '## Title\n\nOne **two** *three*'],
    ['<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>', '- a\n- b\n  - c'],
    ['<ol start="3"><li>a</li><li>b</li></ol>', '3. a\n4. b'],
    ['<ul><li><input type="checkbox" checked>a</li><li><input type="checkbox">b</li></ul>', '- [x] a\n- [ ] b'],
    ['<blockquote><p>a</p></blockquote>', '> a'],
    ['<pre><code>a\n  b\n</code></pre>', '```\na\n  b\n```'],
    ['<p>a<br>b</p>', 'a\nb'],
    ['<p><a href="https://example.org">words</a></p>', '[words](https://example.org)'],
    ['<table><tr><td>a</td><td>b</td></tr></table>', '| a | b |\n| --- | --- |'],
    [
      '<table><thead><tr><th align="right">a</th><th>b</th></tr></thead><tbody><tr><td>1 | 2</td><td>x<br>y</td></tr><tr><td colspan="2"><b>c</b></td></tr></tbody></table>',
      '| a | b |\n| --: | --- |\n| 1 \\| 2 | x<br>y |\n| **c** |  |',
    ],
    [
      '<table><tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr><tr><td style="font-weight:bold">d</td><td>e</td></tr></table>',
      '| a | b |\n| --- | --- |\n|  | c |\n| **d** | e |',
    ],
    ['<blockquote><p>a</p><ul><li>b</li></ul><blockquote>c</blockquote></blockquote>', '> a\n>\n> - b\n>\n> > c'],
    ['<table><tr><td><p>a</p><ul><li>b</li></ul></td><td>c</td></tr></table>', 'a\nb · c'],
    ['<div>a<div>b</div>c</div>', 'a\n\nb\n\nc'],
    ['<span style="font-weight:700">a</span>', '**a**'],
    ['  <p>\n  a\n  b </p>  ', 'a b'],
  ])('%s', (html, expected) => {
    expect(markdown(html)).toBe(expected)
  })

  test.each([
    '<p>a<script>alert(1)</script></p>',
    '<p>a<style>p{}</style></p>',
    '<p>a<iframe src="https://example.org">x</iframe></p>',
    '<p onclick="alert(1)">a</p>',
    '<p>a<svg><text>x</text></svg></p>',
    '<p><a href="javascript:alert(1)">a</a></p>',
    '<p><a href="data:text/html,x">a</a></p>',
    '<p><a href="file:///etc/passwd">a</a></p>',
    '<p>a<img src="https://example.org/tracker.png" onerror="alert(1)"></p>',
  ])('nothing runs, loads or hides in it: %s', (html) => {
    expect(markdown(html)).toBe('a')
  })

  test('what is nested without end is read as words', () => {
    const depth = 3000
    expect(markdown(`${'<div>'.repeat(depth)}a${'</div>'.repeat(depth)}`)).toBe('a')
    expect(markdown(`${'<ul><li>'.repeat(depth)}a${'</li></ul>'.repeat(depth)}`)).toContain('-')
    expect(markdown(`${'<span>'.repeat(depth)}a${'</span>'.repeat(depth)}`)).toBe('a')
  })
})
