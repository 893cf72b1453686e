/** A mutant of DCP: a change with the parts that it changes. */
import type { Mutant } from "../../cli/museum-api.ts"
import type { Subject } from "./subject.ts"

export interface DcpMutant extends Mutant {
  readonly subject: Subject
}

/** A mutant by its number, its story, and what it puts in the place of the reference. Laws are named without `DCP-`. */
export const mutant = (id: string, story: Omit<Mutant, "id">, subject: Subject): DcpMutant => ({
  id,
  ...story,
  breaks: story.breaks.map((law) => (law.startsWith("DCP-") ? law : `DCP-${law}`)),
  subject
})
