/** Which inputs of its role an implementation does not support. It is not failed for them, and nothing is claimed for it either. */
import type { Reaction } from "../kit/role-under-test.ts"
import type { Finding } from "./remote-result.ts"

export class Support {
  /** Why, by the name of the input. */
  private readonly missing = new Map<string, string>()

  look(input: unknown, { doubt }: Reaction<unknown, unknown>): void {
    if (doubt?.unsupported !== true) return
    const name = String(Object(input)._tag)
    if (!this.missing.has(name)) this.missing.set(name, doubt.why)
  }

  get isComplete(): boolean {
    return this.missing.size === 0
  }

  findings(): ReadonlyArray<Finding> {
    return [...this.missing].sort().map(([name, why]) => ({ what: `inputs/${name}`, verdict: "unsupported", why }))
  }
}
