/** What acquiring something returns. Calling it twice is harmless. */
export type Disposer = () => void

/** Runs its disposers once, the last added first. */
export class DisposerStack {
  #disposers: Disposer[] | undefined = []

  add(disposer: Disposer): void {
    if (this.#disposers) this.#disposers.push(disposer)
    else disposer()
  }

  dispose(): void {
    const disposers = this.#disposers
    this.#disposers = undefined
    for (const disposer of disposers?.reverse() ?? []) disposer()
  }
}
