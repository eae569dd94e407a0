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
    ['<p>a<img src="https://example.org/b c.png" alt="d [e]"></p>', 'a![d \\[e\\]](https://example.org/b%20c.png)'],
    [
      '<a href="https://x.org"><img src="https://x.org/a.png" alt="b"></a>',
      '[![b](https://x.org/a.png)](https://x.org)',
    ],
    ['<p>a <img alt="🎉" src="https://x.org/e.png"></p>', 'a 🎉'],
    ['<p>wo\u200brd</p>', 'word'],
    [
      '<b style="font-weight:normal;" id="docs-internal-guid-1"><p><span style="font-weight:700">a</span> b</p><ul><li role="checkbox" aria-checked="true"><p>c</p></li><ul><li role="checkbox" aria-checked="false"><p>d</p></li></ul></ul></b>',
      '**a** b\n\n- [x] c\n  - [ ] d',
    ],
    ['<b style="font-weight:normal"><span>a</span></b>', 'a'],
    [
      '<p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·<span> </span></span>a</p>\n<p style="mso-list:l0 level2 lfo1"><span style="mso-list:Ignore">1.</span>b</p>\n<p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·</span>c</p><p>d</p>',
      '- a\n  1. b\n- c\n\nd',
    ],
    ['<pre><code class="language-ts">a\n</code></pre>', '```ts\na\n```'],
    ['<div class="highlight highlight-source-js"><pre>a<br>b</pre></div>', '```js\na\nb\n```'],
    [
      '<div style="font-family: Menlo, monospace;white-space: pre;"><div><span>if (a) {</span></div><div><span>  b</span></div><br><div>}</div></div>',
      '```\nif (a) {\n  b\n\n}\n```',
    ],
    ['<ul><li><div>a</div><div><ul><li>b</li></ul></div></li></ul>', '- a\n  - b'],
    ['<ul><li><input type="checkbox" checked>a</li><li>b</li></ul>', '- [x] a\n- [ ] b'],
    ['<ul><li><div class="checkbox checkbox-on"></div><span>a</span></li></ul>', '- [x] a'],
    ['<dl><dt>a</dt><dd>b</dd></dl>', '**a**\n\nb'],
    ['<p><mark>a</mark> <del>b</del> <s>c</s></p>', '==a== ~~b~~ ~~c~~'],
    [
      '<p>a<sup><a href="#user-content-fn-1" data-footnote-ref="">1</a></sup></p><section data-footnotes=""><ol><li id="user-content-fn-1"><p>b <a data-footnote-backref="" href="#fnref-1">back</a></p></li></ol></section>',
      'a[^1]\n\n[^1]: b',
    ],
    ['<a class="internal-link" data-href="Note#Part" href="Note#Part">words</a>', '[[Note#Part|words]]'],
    [
      '<div class="callout" data-callout="tip"><div class="callout-title"><div class="callout-title-inner">a</div></div><div class="callout-content"><p>b</p></div></div>',
      '> [!tip] a\n> b',
    ],
    [
      '<span class="katex"><span class="katex-mathml"><math><annotation encoding="application/x-tex">a^2</annotation></math></span><span class="katex-html">a2</span></span>',
      '$a^2$',
    ],
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
    '<p>a<img src="https://example.org/pixel.gif" width="1" height="1" alt="x" onerror="alert(1)"></p>',
    '<p>a<img src="data:image/svg+xml,x" onerror="alert(1)"></p>',
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
