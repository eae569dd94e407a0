import { create } from 'zustand'

export type NoticeAction = {
  readonly label: string
  readonly run: () => void
  readonly isPrimary?: boolean
}

export type Notice = {
  /** One notice a key: a later one replaces it. */
  readonly key: string
  readonly level: 'info' | 'warning' | 'error'
  /** What happened. */
  readonly text: string
  /** What is safe, and what goes on. */
  readonly detail?: string
  /** Two at most. */
  readonly actions?: readonly NoticeAction[]
  /** False while what it tells goes on: then only its end removes it. */
  readonly canClose: boolean
}

export type Toast = {
  readonly id: number
  readonly text: string
  readonly undo: (() => Promise<void>) | null
  /** Something else that it offers. */
  readonly action: NoticeAction | null
}

type Notices = { readonly notices: readonly Notice[]; readonly toast: Toast | null }

export const useNotices = create<Notices>(() => ({ notices: [], toast: null }))

const WEIGHT = { error: 0, warning: 1, info: 2 } as const

/** Shown in a strip under the tabs, the gravest first. */
export function showNotice(notice: Omit<Notice, 'canClose'> & { canClose?: boolean }): void {
  useNotices.setState(({ notices }) => ({
    notices: [...notices.filter(({ key }) => key !== notice.key), { canClose: true, ...notice }].sort(
      (a, b) => WEIGHT[a.level] - WEIGHT[b.level],
    ),
  }))
}

export const closeNotice = (key: string): void =>
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.key !== key) }))

let lastToast = 0

/** One at a time, bottom left, never for a success that can be seen (DESIGN 5). */
export function showToast(
  text: string,
  undo: (() => Promise<void>) | null = null,
  action: NoticeAction | null = null,
): void {
  useNotices.setState({ toast: { id: ++lastToast, text, undo, action } })
}

export const closeToast = (): void => useNotices.setState({ toast: null })
