/** The museum of the way to group 0. */
import type { Museum } from "../../cli/museum-api.ts"
import { face } from "./battery.ts"
import { mutants } from "./mutants.ts"

export const raftUpgradeMuseum: Museum = {
  protocol: "raft-upgrade",
  mutants: mutants.map(({ id, sentence, origin, breaks }) => ({ id, sentence, origin, breaks })),
  run: async (id) => {
    const mutant = mutants.find((candidate) => candidate.id === id)
    if (mutant === undefined) throw new TypeError(`the museum of the Raft upgrade has no mutant ${id}`)
    const started = performance.now()
    const result = await face(mutant)
    return { ...result, millis: Math.round(performance.now() - started) }
  }
}
