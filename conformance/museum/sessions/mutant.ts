/** A mutant of the session registry: one change to our implementation. */
import type { SessionRegistry } from "../../../impl/sessions/registry/session-registry.ts"
import type { Mutant } from "../../cli/museum-api.ts"

/** What the battery examines: a registry, ours or one like it. */
export type Subject = new () => SessionRegistry

export interface RegistryMutant extends Mutant {
  readonly subject: Subject
}

/** A mutant by its number, its story, and what it puts in the place of the reference. Laws are named without `SES-`. */
export const mutant = (id: string, story: Omit<Mutant, "id">, subject: Subject): RegistryMutant => ({
  id,
  ...story,
  breaks: story.breaks.map((law) => `SES-${law}`),
  subject
})
