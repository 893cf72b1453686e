/** The museum of DCP. */
import type { Museum } from "../../cli/museum-api.ts"
import { face } from "./battery.ts"
import { mutants } from "./mutants.ts"

/** Mutants M1 to M50 of the dossier and beyond, each with one change. */
export const dcpMuseum: Museum = {
  protocol: "dcp",
  mutants: mutants.map(({ id, sentence, origin, breaks }) => ({ id, sentence, origin, breaks })),
  run: async (id, { seed }) => {
    const mutant = mutants.find((candidate) => candidate.id === id)
    if (mutant === undefined) throw new TypeError(`the museum of dcp has no mutant ${id}`)
    const started = performance.now()
    const result = await face(mutant, seed)
    return { ...result, millis: Math.round(performance.now() - started) }
  }
}
