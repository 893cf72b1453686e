import { Gate } from "../../../../impl/sessions/registry/gate.ts"
import { Session } from "../../../../impl/sessions/registry/session.ts"
import { SessionRegistry } from "../../../../impl/sessions/registry/session-registry.ts"
import type { SessionId } from "../../../../spec/sessions/ids.ts"
import { mutant } from "../mutant.ts"

/** A gate that tells when nobody is inside, whether it is closed or not. */
class Watched extends Gate {
  #idle: Array<() => void> = []

  whenIdle(): Promise<void> {
    return this.count === 0 ? Promise.resolve() : new Promise((resolve) => this.#idle.push(resolve))
  }

  override leave(): void {
    super.leave()
    if (this.count > 0) return
    for (const tell of this.#idle) tell()
    this.#idle = []
  }
}

class Watching extends Session {
  override readonly gate = new Watched()
}

/** M06 A drain waits for open sessions too. Plausible; scylladb issue 14995 is why it must not. Breaks L2r. */
export const M06 = mutant(
  "M06",
  {
    breaks: ["L2r"],
    origin: "plausible; scylladb issue 14995 is why it must not",
    sentence: "A drain waits for open sessions too."
  },
  class extends SessionRegistry {
    override async drain(): Promise<void> {
      const open = [...this.sessions.values()].filter(({ isClosing }) => !isClosing)
      await Promise.all(open.map((session) => (session instanceof Watching ? session.gate.whenIdle() : undefined)))
      await super.drain()
    }

    protected override newSession(id: SessionId): Session {
      return new Watching(id)
    }
  }
)
