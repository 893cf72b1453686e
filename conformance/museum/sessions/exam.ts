/** What an examination of a session registry is, and what it can find. */
import type { RegistryAdapter } from "../../kit/sessions/registry-part.ts"

/** Something that the reference would not have shown. */
export interface Finding {
  /** The law that was broken, or null where the subject is only unlike its model. */
  readonly law: string | null
  /** How it was found. */
  readonly by: string
  /** Steps of the story, where there is one. */
  readonly length: number | null
  readonly what: string
}

/** One part of the battery. It knows the subject and a seed, and nothing of what to look for. */
export interface Exam {
  readonly name: string
  findings(subject: RegistryAdapter, seed: number): AsyncIterable<Finding>
}
