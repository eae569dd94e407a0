import latinExt from '@fontsource-variable/literata/files/literata-latin-ext-opsz-normal.woff2?url'
import latin from '@fontsource-variable/literata/files/literata-latin-opsz-normal.woff2?url'

export const SERIF = '"Literata Drawn", "Iowan Old Style", Charter, Georgia, serif'

/**
 * A worker does not share the page's fonts. Other scripts than Latin are drawn with the system's serif.
 * @returns settles when labels can be drawn as on the page; never fails, then they look a little different.
 */
export async function loadFonts(): Promise<void> {
  const fonts = (self as unknown as WorkerGlobalScope).fonts
  const faces = [
    new FontFace('Literata Drawn', `url(${latin})`, { weight: '200 900' }),
    new FontFace('Literata Drawn', `url(${latinExt})`, {
      weight: '200 900',
      unicodeRange: 'U+0100-02BA, U+1D00-1DBF, U+1E00-1E9F, U+1EF2-1EFF, U+2C60-2C7F, U+A720-A7FF',
    }),
  ]
  for (const face of faces) fonts.add(face)
  await Promise.allSettled(faces.map((face) => face.load()))
}
