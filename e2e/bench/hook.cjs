// Preloaded into the app's main process by `electron -r`: says on stdout when the window has a caret in a note.
// Neither a debugger nor Playwright is attached, so that the start is the one that a person has.
const { app } = require('electron')

/** Runs in the page. Wall clock, because the process that started the app reads it. */
async function caret() {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const hasCaret = () => {
    const place = document.activeElement
    if (!(place instanceof HTMLElement) || !place.isContentEditable) return false
    const isInside = place.contains(document.getSelection()?.anchorNode ?? null)
    return isInside && (place.textContent ?? '').length > 200
  }
  do await frame()
  while (!hasCaret())
  const { port1, port2 } = new MessageChannel()
  const painted = new Promise((resolve) => {
    port1.onmessage = resolve
  })
  port2.postMessage(null)
  await painted
  return performance.timeOrigin + performance.now()
}

app.on('web-contents-created', (_event, contents) => {
  contents.on('dom-ready', () => {
    if (!contents.getURL().includes('/index.html')) return
    contents.executeJavaScript(`(${caret})()`).then(
      (at) => process.stdout.write(`caret ${at}\n`),
      () => {}, // another load has taken this page's place, or the app ends
    )
  })
})
