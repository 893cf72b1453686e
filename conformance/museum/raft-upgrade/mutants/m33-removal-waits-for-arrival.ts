import type { Group0 } from "../../../../impl/raft-upgrade/group0/raft-server.ts"
import { Operator } from "../../../../impl/raft-upgrade/node/operator.ts"
import { recovery } from "../../../../spec/raft-upgrade/states.ts"
import { mutant } from "../mutant.ts"

class WaitsForArrival extends Operator {
  protected override async group(): Promise<Group0 | undefined> {
    const { state, signal } = this.context
    if (state.now === recovery || !this.ring.row.featureSeen) return undefined
    await state.upgraded(signal)
    return this.membership.server
  }
}

export const M33 = mutant(
  "M33",
  {
    sentence: "Whoever removes a dead node waits until he has arrived, and cannot, for he waits for the dead one.",
    origin: "scylladb commits db734cd74f, 563998b69a, 1eee349a17; dossier 5, row 33",
    breaks: ["V2"],
    seenIn: "one is lost before the others set out, and is taken off the ring",
    lawful: "V2 says that nobody arrives while a dead node is on the ring: the recipe is left"
  },
  { machinery: { Operator: WaitsForArrival } }
)
