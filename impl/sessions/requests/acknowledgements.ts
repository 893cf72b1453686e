/** Whether enough replicas have done what was asked of them: known as soon as it cannot change any more. */
export class Acknowledgements {
  readonly #needed: number
  readonly #settle: (enough: boolean) => void
  readonly #targets: number
  #done = 0
  #failed = 0
  /** Resolves with whether there were enough; nothing that comes later changes it. */
  readonly decided: Promise<boolean>

  constructor(targets: number, needed: number) {
    this.#targets = targets
    this.#needed = needed
    let settle: (enough: boolean) => void = () => {}
    this.decided = new Promise((resolve) => {
      settle = resolve
    })
    this.#settle = settle
    this.#look()
  }

  succeed(): void {
    this.#done++
    this.#look()
  }

  fail(): void {
    this.#failed++
    this.#look()
  }

  /** Nobody wants to wait any longer. */
  giveUp(): void {
    this.#settle(false)
  }

  #look(): void {
    if (this.#done >= this.#needed) this.#settle(true)
    else if (this.#targets - this.#failed < this.#needed) this.#settle(false)
  }
}
