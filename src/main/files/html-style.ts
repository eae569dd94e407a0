import { createHash } from 'node:crypto'

/** The design's tokens that a page needs, each light then dark: `renderer/ui/tokens.css` has them all, and the names. */
export const PAGE_TOKENS: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  '--paper': ['oklch(0.993 0.002 100)', 'oklch(0.216 0.01 258)'],
  '--well': ['oklch(0.95 0.004 100)', 'oklch(0.251 0.011 258)'],
  '--line': ['oklch(0.89 0.005 100)', 'oklch(0.312 0.012 258)'],
  '--line-control': ['oklch(0.63 0.012 262)', 'oklch(0.56 0.014 258)'],
  '--ink': ['oklch(0.26 0.024 262)', 'oklch(0.905 0.006 95)'],
  '--ink-2': ['oklch(0.405 0.02 262)', 'oklch(0.78 0.008 95)'],
  '--ink-3': ['oklch(0.5 0.018 262)', 'oklch(0.69 0.01 95)'],
  '--ink-on': ['oklch(0.985 0.002 100)', 'oklch(0.205 0.012 258)'],
  '--essay': ['oklch(0.475 0.15 259)', 'oklch(0.77 0.105 252)'],
  '--example': ['oklch(0.53 0.118 62)', 'oklch(0.825 0.118 80)'],
  '--commit': ['oklch(0.4 0.076 172)', 'oklch(0.675 0.1 168)'],
  '--note': ['oklch(0.52 0.014 262)', 'oklch(0.8 0.008 95)'],
  '--mark': ['oklch(0.935 0.085 98)', 'oklch(0.405 0.07 92)'],
}

const values = (theme: 0 | 1): string =>
  Object.entries(PAGE_TOKENS)
    .map(([name, value]) => `${name}:${value[theme]}`)
    .join(';')

const shape = (inside: string): string =>
  `url("data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0.6 0.6 10.8 10.8">${inside}</svg>`)}")`

const KINDS = [
  ['essay', '--essay', shape('<circle cx="6" cy="6" r="4"/>')],
  ['example', '--example', shape('<path d="M6 1.55 11 10.2H1z"/>')],
  ['commitment', '--commit', shape('<path d="M6 .85 11.15 6 6 11.15.85 6z"/>')],
  ['note', '--note', shape('<circle cx="6" cy="6" r="3.4" fill="none" stroke="#000" stroke-width="1.5"/>')],
] as const

const kinds = KINDS.map(([kind, colour, image]) => `.${kind}{--k:var(${colour});--shape:${image}}`).join('\n')

/**
 * All of a page's style. Fonts are the reader's own; on paper it is light, whatever the system is. A page that is
 * opened from a disk loads nothing, so nothing here names an address.
 */
export const PAGE_STYLE = `
:root{color-scheme:light dark;${values(0)};
--serif:Literata,"Iowan Old Style",Charter,Georgia,serif;
--sans:"Hanken Grotesk",system-ui,sans-serif;
--mono:"Commit Mono",ui-monospace,"SF Mono",Consolas,monospace}
@media (prefers-color-scheme:dark){:root{${values(1)}}}
@media print{:root{color-scheme:light;${values(0)};--paper:#fff}}
*{box-sizing:border-box}
html{background:var(--paper);color:var(--ink);-webkit-text-size-adjust:100%}
body{margin:0;font:400 1.125rem/1.667 var(--serif);font-variant-numeric:oldstyle-nums;overflow-wrap:break-word}
main{max-width:39rem;margin:0 auto;padding:4rem 1.5rem 6rem}
article{position:relative}
article+article,.contents+article{margin-top:4rem;padding-top:3rem;border-top:1px solid var(--line)}
h1,h2,h3,h4,h5,h6{margin:1.3em 0 .45em;font:600 1.4375rem/2rem var(--serif);letter-spacing:-.006em;text-wrap:balance;break-after:avoid}
h1{margin:0 0 1.5rem;font:560 2.125rem/2.5rem var(--serif);letter-spacing:-.012em}
h2{font-size:1.6875rem;line-height:2.25rem}
h4,h5{font-size:1.1875rem;line-height:1.75rem}
h6{font-size:1em;line-height:1.667}
p{margin:0 0 1em;text-wrap:pretty;orphans:2;widows:2}
a{color:inherit;text-decoration:underline;text-decoration-color:var(--line-control);text-decoration-thickness:1px;text-underline-offset:4px}
a:focus-visible{outline:2px solid var(--ink);outline-offset:2px}
a.wikilink{text-decoration-color:var(--k,var(--line-control))}
a.wikilink[class*=" "]:not(.unwritten)::before{content:"";display:inline-block;width:.6em;height:.6em;margin-right:.22em;background:var(--k);-webkit-mask:var(--shape) center/contain no-repeat;mask:var(--shape) center/contain no-repeat;print-color-adjust:exact;-webkit-print-color-adjust:exact}
a.wikilink:not([href]){text-decoration-style:dotted}
a.unwritten{color:var(--ink-3);text-decoration-style:dashed}
${kinds}
.verb{font:450 .8em/1 var(--sans);color:var(--ink-2)}
.tag{color:var(--ink-2);font:450 .85em/1 var(--sans)}
mark{padding:0 1px;border-radius:2px;background:var(--mark);color:inherit;print-color-adjust:exact;-webkit-print-color-adjust:exact}
strong{font-weight:640}
s{text-decoration-thickness:1px}
hr{height:1px;margin:2em 0;border:0;background:var(--line-control);opacity:.6}
blockquote{margin:0 0 1em;padding-left:20px;border-left:2px solid var(--ink);color:var(--ink-2)}
.callout{margin:0 0 1em;padding:.1em 0 .1em 20px;border-left:2px solid var(--ink)}
.callout-title{margin-bottom:.3em;font:560 .75em/1.5 var(--sans);color:var(--ink)}
blockquote>:last-child,.callout>:last-child,.embed>:last-child,li>:last-child{margin-bottom:0}
ul,ol{margin:0 0 1em;padding-left:1.5em}
li{margin:.12em 0}
li>ul,li>ol{margin:0}
li::marker{color:var(--ink-3);font-variant-numeric:lining-nums tabular-nums}
.task{list-style:none;position:relative}
.task>.box{position:absolute;left:-1.5em;top:calc(.8335em - 8px);width:16px;height:16px;border-radius:3px;border:1.25px solid var(--line-control)}
.task.done>.box{background:var(--ink);border-color:var(--ink);print-color-adjust:exact;-webkit-print-color-adjust:exact}
.task.done>.box::after{content:"";position:absolute;left:4.25px;top:1px;width:5px;height:8px;border:solid var(--ink-on);border-width:0 1.75px 1.75px 0;transform:rotate(42deg)}
code{padding:.1em .3em;border-radius:3px;background:var(--well);font:400 .8em/1.2 var(--mono);font-variant-numeric:normal}
pre{margin:0 0 1.4em;padding:12px 16px;border-radius:5px;background:var(--well);font:400 .72em/1.7 var(--mono);font-variant-numeric:normal;white-space:pre-wrap;overflow-wrap:anywhere;tab-size:4}
pre code{padding:0;background:none;font:inherit}
pre.source{padding:2px 0 2px 16px;border-left:1px dashed var(--line-control);border-radius:0;background:none}
.table{margin:0 0 1.4em;overflow-x:auto}
table{border-collapse:collapse;font:400 .86em/1.5 var(--serif);font-variant-numeric:lining-nums tabular-nums}
th,td{padding:.4em 1em .4em 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;min-width:3em}
th{font-weight:600;border-color:var(--line-control)}
th.right,td.right{text-align:right}
th.center,td.center{text-align:center}
tr{break-inside:avoid}
.facts{margin:-.4rem 0 1.8rem}
.facts table{font:400 .78125rem/1.5 var(--sans)}
.facts th{font-weight:450;color:var(--ink-2);white-space:nowrap}
.facts th,.facts td{padding:.28em 1.2em .28em 0;border-color:var(--line);overflow-wrap:anywhere}
.math{font-style:italic;white-space:pre-wrap}
figure{margin:0 0 1.4em}
figure pre{margin-bottom:.4em}
figcaption{font:450 .75em/1.5 var(--sans);color:var(--ink-3)}
img{max-width:100%;max-height:95vh;object-fit:contain;border-radius:3px;vertical-align:top}
img:not([height]){height:auto}
.embed{margin:0 0 1em;padding-left:20px;border-left:1px solid var(--k)}
.embed-title,.embed-note{font:450 .75em/1.5 var(--sans);color:var(--ink-2)}
.embed-title{margin-bottom:.5em}
.embed-title+:is(h2,h3,h4,h5,h6){margin-top:.4em}
.missing,.file,.left-out{padding:.1em .4em;border:1px dashed var(--line-control);border-radius:3px;font:450 .78125rem/1.125rem var(--sans);color:var(--ink-3)}
.footnotes-sep{width:6em;margin:2em 0 1em}
.footnotes{font-size:.84em;line-height:1.6;color:var(--ink-2)}
.footnote-ref a{padding:0 .1em;text-decoration:none}
sup{font-size:.75em;line-height:0}
.contents h2{margin:1.5rem 0 .3rem;font:560 .84375rem/1.25rem var(--sans);color:var(--ink-2)}
.contents ul{list-style:none;padding:0}
:target{scroll-margin-top:1rem}
@media print{
main{max-width:none;padding:0}
body{font-size:11pt}
article+article,.contents+article{margin-top:0;padding-top:0;border-top:0;break-before:page}
pre,blockquote,.callout,img,figure,.facts{break-inside:avoid}
}
@media (forced-colors:active){a.wikilink::before{background:LinkText}}
`

/** What the page may do: show itself and the pictures inside it. No script, nothing of the network, no other style. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(PAGE_STYLE).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')
