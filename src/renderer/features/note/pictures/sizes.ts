type Size = { readonly width: number; readonly height: number }

/** Sizes of pictures by their address, as far as they were shown: the next time they take their place at once. */
const sizes = new Map<string, Size>()

export const sizeOf = (url: string): Size | null => sizes.get(url) ?? null

export function keepSize(url: string, { naturalWidth, naturalHeight }: HTMLImageElement): void {
  // an SVG may have none
  if (naturalWidth > 0 && naturalHeight > 0) sizes.set(url, { width: naturalWidth, height: naturalHeight })
}

/** No picture is wider than the text, nor so narrow that it could not be seen and taken hold of. */
export const clampWidth = (width: number, most: number): number => Math.round(Math.max(32, Math.min(width, most)))
