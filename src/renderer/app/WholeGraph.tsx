export function WholeGraph() {
  return null
}
