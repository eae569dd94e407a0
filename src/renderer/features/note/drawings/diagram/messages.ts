/** Between the page and the frame in which diagrams are drawn. */

/** The first message, with the port that all others go by. */
export type Hello = { readonly diagrams: true; readonly font: ArrayBuffer }

/** Colours as `#rrggbb`: mermaid reads no oklch, and a picture knows no tokens. */
export type DiagramTheme = {
  readonly isDark: boolean
  readonly paper: string
  readonly well: string
  readonly ink: string
  readonly ink3: string
  readonly line: string
}

export type DiagramAsk = { readonly id: number; readonly source: string; readonly theme: DiagramTheme }

export type DiagramAnswer =
  | { readonly id: number; readonly svg: string; readonly width: number; readonly height: number }
  /** `line` of what mermaid was given after it took comments out, from 1; null where it does not say. */
  | { readonly id: number; readonly line: number | null }

export const FONT = 'Hanken Grotesk Variable'
