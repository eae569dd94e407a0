import { open } from 'node:fs/promises'
import path from 'node:path'
import { app, type PrintToPDFOptions, type WebContents } from 'electron'
import { escapeHtml } from '../../core/base/escape-html.ts'
import type { PageReport } from '../../ipc/app-contract.ts'
import { CallError } from '../../ipc/rpc.ts'
import type { PageScope } from '../../ipc/shapes.ts'
import { type PageSource, replaceFile, writePageFile } from './html-export.ts'
import { inOwnFolder, withPage } from './pdf-view.ts'

/** Where people print on Letter; everywhere else it is A4. CLDR, `paperSize`. */
const LETTER = new Set('US CA MX PH CL CO CR GT NI PA PR SV VE BZ'.split(' '))

/** Notes as a PDF, with its title, an outline and numbered sheets. Fails as `exportHtml` does, and with `not-shown`. */
export async function exportPdf(
  file: string,
  profile: string,
  scope: PageScope,
  source: PageSource,
): Promise<PageReport> {
  const started = performance.now()
  const { signal } = source
  return replaceFile(file, profile, (temporary) =>
    inOwnFolder(profile, async (folder) => {
      const page = path.join(folder, 'page.html')
      const { notes, images, problems, title } = await writePageFile(page, scope, source)
      const report = (bytes: number, sheets: number | null): PageReport => {
        const ms = Math.round(performance.now() - started)
        return { file, notes, images, bytes, sheets, problems, ms, cancelled: signal.aborted }
      }
      if (signal.aborted) return { keep: false, value: report(0, null) }
      try {
        const pdf = await withPage(page, 'view', signal, (contents) => toPdf(contents, title))
        await writeWhole(temporary, pdf)
        return { keep: !signal.aborted, value: report(pdf.length, sheetsOf(pdf)) }
      } catch (error) {
        if (signal.aborted) return { keep: false, value: report(0, null) }
        throw error
      }
    }),
  )
}

/** The page to the system's print dialog. False: the person closed it. */
export function printPage(profile: string, scope: PageScope, source: PageSource): Promise<boolean> {
  return inOwnFolder(profile, async (folder) => {
    const page = path.join(folder, 'page.html')
    const { title } = await writePageFile(page, scope, source)
    if (source.signal.aborted) return false
    return withPage(
      page,
      'window',
      source.signal,
      (contents) =>
        new Promise<boolean>((resolve, reject) => {
          contents.print({ silent: false, printBackground: false, header: title }, (printed, why) => {
            if (printed || /cancel/i.test(why)) resolve(printed)
            else
              reject(
                new CallError('not-printed', `The system did not take “${title}” for printing. Nothing was printed.`),
              )
          })
        }),
    )
  })
}

async function toPdf(contents: WebContents, title: string): Promise<Buffer> {
  const options: PrintToPDFOptions = {
    pageSize: LETTER.has(app.getLocaleCountryCode()) ? 'Letter' : 'A4',
    // Inches: room for the title above and the number below.
    margins: { top: 0.9, bottom: 0.9, left: 0.9, right: 0.9 },
    printBackground: true,
    displayHeaderFooter: true,
    headerTemplate: line(`<span>${escapeHtml(title)}</span>`),
    footerTemplate: line('<span></span><span class="pageNumber"></span>'),
    generateTaggedPDF: true,
    generateDocumentOutline: true,
  }
  try {
    return await contents.printToPDF(options)
  } catch {
    throw new CallError('not-shown', `“${title}” could not be laid out as a PDF. Nothing was written.`)
  }
}

/** In Chromium's own page around the sheets, which knows no style but what stands in it; sizes there are of the paper. */
const line = (inside: string): string =>
  `<div style="width:100%;margin:0 0.9in;display:flex;justify-content:space-between;font:8pt Georgia,serif;color:#555;overflow:hidden;white-space:nowrap">${inside}</div>`

/** null where the file does not say it in plain. The root of the page tree counts them all (ISO 32000-1, 7.7.3.2). */
function sheetsOf(pdf: Buffer): number | null {
  const text = pdf.toString('latin1')
  const counts = [...text.matchAll(/\/Type\s*\/Pages\b[^>]*?\/Count\s+(\d+)/g)].map((match) => Number(match[1]))
  return counts.length === 0 ? null : Math.max(...counts)
}

async function writeWhole(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'wx', 0o644)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
