/** Which inputs an implementation takes: it is not failed for what it does not support, and nothing is claimed for it either. */
import type { Reaction } from "../kit/role-under-test.ts"
import type { Finding } from "./remote-result.ts"

export class Support {
  /** Why, by the name of the input. */
  private readonly missing = new Map<string, string>()

  private taken = 0
  /** Why the first input was left open that was. */
  private open: string | undefined

  look(input: unknown, { doubt }: Reaction<unknown, unknown>): void {
    if (doubt === undefined) this.taken++
    else this.open ??= doubt.why
    if (doubt?.unsupported !== true) return
    const name = String(Object(input)._tag)
    if (!this.missing.has(name)) this.missing.set(name, doubt.why)
  }

  get isComplete(): boolean {
    return this.missing.size === 0
  }

  findings(): ReadonlyArray<Finding> {
    // Whoever does nothing for certain breaks no law, and follows every variant.
    if (this.taken === 0 && this.isComplete && this.open !== undefined)
      return [{ what: "inputs", verdict: "unknown", why: `not one input is known to have happened: ${this.open}` }]
    return [...this.missing].sort().map(([name, why]) => ({ what: `inputs/${name}`, verdict: "unsupported", why }))
  }
}
