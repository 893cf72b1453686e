/** The museum of the session registry. */
import type { Museum } from "../../cli/museum-api.ts"
import { face } from "./battery.ts"
import { mutants } from "./mutants.ts"

export const registryMuseum: Museum = {
  protocol: "sessions",
  mutants: mutants.map(({ id, sentence, origin, breaks }) => ({ id, sentence, origin, breaks })),
  run: async (id, { seed }) => {
    const mutant = mutants.find((candidate) => candidate.id === id)
    if (mutant === undefined) throw new TypeError(`the museum of the session registry has no mutant ${id}`)
    const started = performance.now()
    const result = await face(mutant, seed)
    return { ...result, millis: Math.round(performance.now() - started) }
  }
}
