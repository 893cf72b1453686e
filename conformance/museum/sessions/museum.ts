/** The museum of sessions: mutants of the session registry, of a cluster whose nodes have such registries, and of its operations on the ring. */
import type { Museum } from "../../cli/museum-api.ts"
import { clusterMuseum } from "./cluster/museum.ts"
import { registryMuseum } from "./registry-museum.ts"
import { ringMuseum } from "./ring/museum.ts"

const parts = [registryMuseum, clusterMuseum, ringMuseum]

export const sessionsMuseum: Museum = {
  protocol: "sessions",
  mutants: parts.flatMap(({ mutants }) => mutants),
  run: async (id, options) => {
    const part = parts.find(({ mutants }) => mutants.some((mutant) => mutant.id === id))
    if (part === undefined) throw new TypeError(`the museum of sessions has no mutant ${id}`)
    return part.run(id, options)
  }
}
