import { create } from 'zustand'

/** How far each place was scrolled, in px, by placeKey; the last one changed stands last. */
export const useScroll = create<{ readonly byPlace: Readonly<Record<string, number>> }>(() => ({ byPlace: {} }))

export function setScroll(key: string, top: number): void {
  useScroll.setState(({ byPlace }) => {
    const { [key]: _former, ...rest } = byPlace
    return { byPlace: { ...rest, [key]: Math.round(top) } }
  })
}
