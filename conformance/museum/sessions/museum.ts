/** The museum of sessions: mutants of the session registry, and of a cluster whose nodes have such registries. */
import type { Museum } from "../../cli/museum-api.ts"
import { clusterMuseum } from "./cluster/museum.ts"
import { registryMuseum } from "./registry-museum.ts"

const parts = [registryMuseum, clusterMuseum]

export const sessionsMuseum: Museum = {
  protocol: "sessions",
  mutants: parts.flatMap(({ mutants }) => mutants),
  run: async (id, options) => {
    const part = parts.find(({ mutants }) => mutants.some((mutant) => mutant.id === id))
    if (part === undefined) throw new TypeError(`the museum of sessions has no mutant ${id}`)
    return part.run(id, options)
  }
}
