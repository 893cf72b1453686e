/** The model's proxy pair as a stage: two roles, two mailboxes, and nothing else. */
import { consumerConnection } from "../../model/dcp/consumer-connection.ts"
import { type ConsumerConnection, fresh } from "../../model/dcp/consumer-state.ts"
import { producerConnection } from "../../model/dcp/producer-connection.ts"
import type { Variant } from "../../model/dcp/variants.ts"
import { outcome, type Role } from "../../model/kernel/role.ts"
import type {
  ConsumerInput,
  ConsumerOutput,
  CrashReason,
  ProducerInput,
  ProducerOutput
} from "../../spec/dcp/messages.ts"
import type { DcpInput } from "./dcp-command-text.ts"
import type { DcpStage, Heard } from "./dcp-stage.ts"

/** A stage for one variant of the model. */
export const modelStage = (variant: Variant): DcpStage => new ModelStage(variant)

class ModelStage implements DcpStage {
  readonly #role: Role<ConsumerConnection, ConsumerInput, ConsumerOutput, CrashReason>
  /** Null once the pair is dead. */
  #consumer: ConsumerConnection | null = fresh
  #consumerMail: Array<ConsumerInput> = []
  #producerMail: Array<ProducerInput> = []
  #heard: Array<Heard> = []

  constructor(variant: Variant) {
    this.#role = consumerConnection(variant)
  }

  async give(input: DcpInput): Promise<ReadonlyArray<Heard>> {
    this.#heard = []
    if (input._tag === "Reconnect") this.#consumer = fresh
    else if (this.#consumer !== null) this.#deliver(input)
    while (this.#consumer !== null && this.#step(this.#consumer)) {}
    return this.#heard
  }

  async stop(): Promise<void> {}

  #deliver(input: Exclude<DcpInput, { _tag: "Reconnect" }>): void {
    switch (input._tag) {
      case "Call":
        this.#consumerMail.push(input)
        break
      case "Cast":
        this.#consumerMail.push({ _tag: "FromProducerConnection", cast: input.cast })
        break
      case "FromKv":
        if (input.socket === "kv-consumer") this.#consumerMail.push({ _tag: "FromKvConsumer", packets: input.packets })
        else this.#producerMail.push({ _tag: "FromKvProducer", packets: input.packets })
        break
      case "Close":
        if (input.socket === "kv-consumer") this.#consumerMail.push({ _tag: "SocketClosed" })
        else this.#producerMail.push({ _tag: "SocketClosed" })
    }
  }

  /** Lets one process take what is first in its mailbox. Says whether there was anything. */
  #step(consumer: ConsumerConnection): boolean {
    const forConsumer = this.#consumerMail.shift()
    const forProducer = forConsumer === undefined ? this.#producerMail.shift() : undefined
    if (forConsumer !== undefined) {
      const result = outcome(this.#role.step(consumer, forConsumer))
      if (result._tag === "Refused") this.#die(result.reason)
      else {
        this.#consumer = result.next.state
        for (const output of result.next.outputs) this.#leaves(output)
      }
    } else if (forProducer !== undefined) {
      const result = outcome(producerConnection.step(null, forProducer))
      if (result._tag === "Refused") this.#die(result.reason)
      else for (const output of result.next.outputs) this.#leaves(output)
    }
    return forConsumer !== undefined || forProducer !== undefined
  }

  /** A cast is in the other's mailbox the moment it leaves. */
  #leaves(output: ConsumerOutput | ProducerOutput): void {
    this.#heard.push({ _tag: "Output", output })
    if (output._tag === "CastCloseStream") this.#producerMail.push({ _tag: "CloseStreamCast", vbucket: output.vbucket })
    if (output._tag === "CastConsumer") this.#consumerMail.push({ _tag: "FromProducerConnection", cast: output.cast })
  }

  /** The whole pair goes with the first of it that dies (S17). */
  #die(reason: CrashReason): void {
    this.#consumer = null
    this.#consumerMail = []
    this.#producerMail = []
    this.#heard.push(
      { _tag: "Output", output: { _tag: "Crash", reason } },
      { _tag: "SocketClosed", socket: "kv-consumer" },
      { _tag: "SocketClosed", socket: "kv-producer" }
    )
  }
}
