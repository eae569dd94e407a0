/** ms of this process' own work since it began: what other programs take of the machine meanwhile is not in it. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
