/** What came of a sequence of inputs in one life of an implementation, as plain data that can be judged at any time. */
import type { Reaction } from "../kit/role-under-test.ts"
import type { AdapterTrouble } from "./adapter-trouble.ts"

export interface Transcript<I, O, V> {
  readonly inputs: ReadonlyArray<I>
  /** One for each input that was taken, in order. There are fewer where the implementation died or did not answer. */
  readonly reactions: ReadonlyArray<Reaction<O, V>>
  /** Whether the end is due to a request that was never answered, so that nobody knows how it would have gone on. */
  readonly hung: boolean
  /**
   * What the adapter says where it could make nothing of an input behind these.
   *
   * It is only its own fault if whoever planned the inputs would have asked it for that after all that came before.
   */
  readonly fault?: AdapterTrouble
}
