import { useEffect, useRef } from 'react'
import './progress.css'

/** `done` of `total`; an unknown total shows an empty line. */
export function Progress({ label, done, total }: { label: string; done: number; total: number }) {
  const bar = useRef<HTMLDivElement>(null)
  const part = total > 0 ? Math.min(1, done / total) : 0
  useEffect(() => {
    bar.current?.style.setProperty('--part', `${part * 100}%`)
  }, [part])
  return (
    <div
      ref={bar}
      className="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(part * 100)}
    />
  )
}
