/** Implementations made from the model, to test the kit itself: one that is right, and ways to be wrong. */
import { consumerConnection } from "../../../model/dcp/consumer-connection.ts"
import { reference, type Variant } from "../../../model/dcp/variants.ts"
import { outcome } from "../../../model/kernel/role.ts"
import type { ConsumerInput, ConsumerOutput } from "../../../spec/dcp/messages.ts"
import type { Adapter, Reaction, Session } from "../role-under-test.ts"
import type { Partitions } from "./seen-words.ts"

export type Reacted = Reaction<ConsumerOutput, Partitions>
type ConsumerAdapter = Adapter<ConsumerInput, ConsumerOutput, Partitions> & { readonly role: "dcp/consumer-connection" }

/** A consumer connection that does what the model of its variant does. */
export const modelMade = (variant: Variant = reference): ConsumerAdapter => ({
  name: "model-made",
  way: "in process",
  role: "dcp/consumer-connection",
  start: () => new ModelSession(variant)
})

class ModelSession implements Session<ConsumerInput, ConsumerOutput, Partitions> {
  private readonly role: ReturnType<typeof consumerConnection>
  private state: ReturnType<typeof consumerConnection>["initial"]

  constructor(variant: Variant) {
    this.role = consumerConnection(variant)
    this.state = this.role.initial
  }

  input(input: ConsumerInput): Reacted {
    const result = outcome(this.role.step(this.state, input))
    if (result._tag === "Refused") return { outputs: [{ _tag: "Crash", reason: result.reason }], observed: null }
    this.state = result.next.state
    return { outputs: result.next.outputs, observed: this.state.partitions }
  }

  stop(): void {}
}

/** What becomes of a reaction; `count` is how many inputs there were since the start of the session. */
export type Change = (right: Reacted, input: ConsumerInput, count: number) => Reacted | Promise<Reacted>

/** A model-made connection whose reactions are changed on their way out. */
export const misbehaving = (change: Change, variant: Variant = reference): ConsumerAdapter => ({
  ...modelMade(variant),
  name: "misbehaving",
  start: () => {
    const session = new ModelSession(variant)
    let count = 0
    return {
      input: (input) => change(session.input(input), input, ++count),
      stop: () => session.stop()
    }
  }
})
