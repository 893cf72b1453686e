/** The museum of a cluster of sessions. */
import type { Museum } from "../../../cli/museum-api.ts"
import { attempts, counted, M79 } from "./attempts.ts"
import { face } from "./judge.ts"
import { mutants } from "./mutants.ts"

/** Mutants M16 and following of the dossier: each with one parameter of the model changed, but M79, which is about time. */
export const clusterMuseum: Museum = {
  protocol: "sessions",
  mutants: [...mutants, M79].map(({ id, sentence, origin, breaks }) => ({ id, sentence, origin, breaks })),
  run: async (id) => {
    const mutant = mutants.find((candidate) => candidate.id === id)
    if (mutant === undefined && id !== M79.id)
      throw new TypeError(`the museum of a cluster of sessions has no mutant ${id}`)
    const started = performance.now()
    const result = mutant === undefined ? counted(M79, attempts(M79.timing)) : await face(mutant)
    return { ...result, millis: Math.round(performance.now() - started) }
  }
}
