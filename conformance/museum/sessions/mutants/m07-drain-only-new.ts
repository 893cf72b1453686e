import type { Session } from "../../../../impl/sessions/registry/session.ts"
import { SessionRegistry } from "../../../../impl/sessions/registry/session-registry.ts"
import { mutant } from "../mutant.ts"

/** M07 A drain handles only what began to close since the one before. Plausible. Breaks S5, S4. */
export const M07 = mutant(
  "M07",
  {
    breaks: ["S5", "S4"],
    origin: "plausible",
    sentence: "A drain handles only what began to close since the one before."
  },
  class extends SessionRegistry {
    private overlooked: ReadonlyArray<Session> = []

    override async drain(): Promise<void> {
      await super.drain()
      this.overlooked = this.closing
    }

    protected override toDrain(): ReadonlyArray<Session> {
      return super.toDrain().filter((session) => !this.overlooked.includes(session))
    }
  }
)
