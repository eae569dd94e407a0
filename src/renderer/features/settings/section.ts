import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Words } from './found.ts'

export type SettingRow = Words & {
  readonly id: string
  readonly control?: ReactNode
  /** In place of the note, where it shows more than words. */
  readonly sample?: ReactNode
  /** What went wrong, and what to do. */
  readonly problem?: string | null
  /** Under the row: a list, a question. */
  readonly below?: ReactNode
  /** The label is what a person wrote. */
  readonly isAuthored?: boolean
  /** Lower, with a lighter label: one of many. */
  readonly isSlim?: boolean
  /** A heading of its own within the section. */
  readonly group?: string
}

export type SettingsSection = {
  readonly id: string
  readonly title: string
  readonly icon: LucideIcon
  readonly lede?: string
  readonly rows: readonly SettingRow[]
  /** Its groups stand side by side where there is room. */
  readonly isGrouped?: boolean
  readonly foot?: ReactNode
}
