const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** “999 bytes”, “45.7 MB”, “230 GB”: thousands, as file managers count. */
export function sizeLabel(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  return `${value.toLocaleString('en', { maximumFractionDigits: unit === 0 || value >= 100 ? 0 : 1 })} ${UNITS[unit]}`
}
