/** Whether an implementation lives through what it is asked, in a role that has no words for a death. */
import { isDied, type Reaction } from "../kit/role-under-test.ts"
import { type AdapterTrouble, tellTrouble } from "./adapter-trouble.ts"
import type { Finding } from "./remote-result.ts"
import type { RemoteRole } from "./remote-role.ts"

export class Survival<L, I, O, V> {
  private readonly role: RemoteRole<L, I, O, V>
  private death: string | undefined

  constructor(role: RemoteRole<L, I, O, V>) {
    this.role = role
  }

  look(input: unknown, { outputs }: Reaction<unknown, unknown>): void {
    const died = outputs.find(isDied)
    if (died === undefined) return
    this.death ??= `it died of ${JSON.stringify(input)}${died.why === null ? "" : `: ${died.why}`}`
  }

  /** `last` is the last death that a whole process died, with what it said. */
  findings(last: AdapterTrouble | undefined): ReadonlyArray<Finding> {
    if (this.role.mayDie) return []
    if (this.death === undefined) return [{ what: "survival", verdict: "pass" }]
    const why =
      last === undefined
        ? this.death
        : `${this.death}
${tellTrouble(last)}`
    return [{ what: "survival", verdict: "fail", why }]
  }
}
