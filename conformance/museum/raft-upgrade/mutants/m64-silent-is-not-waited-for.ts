import { LastSteps } from "../../../../impl/raft-upgrade/upgrade/last-steps.ts"
import type { Told } from "../../../../impl/raft-upgrade/upgrade/questions.ts"
import type { NodeId } from "../../../../spec/metadata.ts"
import { mutant } from "../mutant.ts"
import { TakesWhatItGets } from "./m26-some-versions-will-do.ts"

class WaitsForThoseThatAnswer extends LastSteps {
  #silent: ReadonlyArray<NodeId> = []

  protected override throughOf(asked: ReadonlyArray<NodeId>, told: ReadonlyArray<Told>): NodeId | undefined {
    this.#silent = asked.filter((node) => told.every((one) => one.node !== node))
    return super.throughOf(asked, told)
  }

  protected override isEnough(entered: ReadonlySet<NodeId>): boolean {
    return super.isEnough(new Set([...entered, ...this.#silent]))
  }
}

export const M64 = mutant(
  "M64",
  {
    sentence: "Who crosses over leaves out the members that do not answer.",
    origin: "ours: dossier 4, V2",
    breaks: ["V2", "S8"],
    seenIn: "one fails before it is in synchronize, and is lost while the others wait for it there"
  },
  { machinery: { LastSteps: WaitsForThoseThatAnswer, SchemaSynchronisation: TakesWhatItGets } }
)
