/**
 * The designs that were debated, each played through the traces of the review (dossier 6.2).
 *
 * Only the policy for an early end and the way in which ends are matched differ; the rest is as shipped, so that a difference is
 * theirs. The reference, with all repairs, stands beside them.
 */
import { consumerConnection } from "../../model/dcp/consumer-connection.ts"
import { type ConsumerConnection, fresh } from "../../model/dcp/consumer-state.ts"
import { asShipped, reference, type Variant } from "../../model/dcp/variants.ts"
import { outcome } from "../../model/kernel/role.ts"
import type { ConsumerInput, ConsumerOutput, ReplyValue } from "../../spec/dcp/messages.ts"
import type { CallId, Opaque, Status, VBucket } from "../../spec/ids.ts"

export interface Design {
  readonly name: string
  readonly variant: Variant
}

const debated = (name: string, endPolicy: Variant["endPolicy"]): Design => ({
  name,
  variant: { ...asShipped, endPolicy, matchRule: "incarnation" }
})

export const designs: ReadonlyArray<Design> = [
  debated("ignore", "ignore"),
  debated("error list", "errorList"),
  debated("second list", "secondList"),
  debated("crash", "crash"),
  { name: "as shipped", variant: asShipped },
  { name: "reference", variant: reference }
]

/** The same designs with ends matched by vBucket, where their rule can be chosen. */
export const byVBucket = ({ name, variant }: Design): Design =>
  variant.matchRule === "incarnation" ? { name, variant: { ...variant, matchRule: "vbucket" } } : { name, variant }

/** What happens in a trace. A STREAM_REQ passes for every stream that is asked for, under an opaque that kv counts. */
export type Event =
  | { readonly _tag: "Setup"; readonly vbuckets: ReadonlyArray<number> }
  | { readonly _tag: "Answer"; readonly vbucket: number; readonly status: number }
  | { readonly _tag: "End"; readonly vbucket: number; readonly stale: boolean }

const setup = (...vbuckets: ReadonlyArray<number>): Event => ({ _tag: "Setup", vbuckets })
const ok = (vbucket: number): Event => ({ _tag: "Answer", vbucket, status: 0 })
const fail = (vbucket: number): Event => ({ _tag: "Answer", vbucket, status: 7 })
const end = (vbucket: number): Event => ({ _tag: "End", vbucket, stale: false })
const staleEnd = (vbucket: number): Event => ({ _tag: "End", vbucket, stale: true })

export interface Trace {
  readonly name: string
  readonly events: ReadonlyArray<Event>
  /** Ends are matched by vBucket here, where the design leaves a choice. */
  readonly byVBucket?: boolean
}

export const traces: ReadonlyArray<Trace> = [
  { name: "T1", events: [setup(0), end(0)] },
  { name: "T2", events: [setup(0), end(0), ok(0)] },
  { name: "T3", events: [setup(0), end(0), fail(0)] },
  { name: "T4", events: [setup(0), fail(0), end(0)] },
  { name: "T5", events: [setup(0, 1), end(0), ok(1)] },
  { name: "T6", events: [setup(0, 1), end(0)] },
  { name: "T7", events: [setup(0, 1), end(0), ok(0), ok(1)] },
  { name: "T8", events: [setup(0, 1), ok(0), end(0), ok(1)] },
  { name: "T9", events: [setup(0), end(0), setup(0), ok(0), ok(0)] },
  { name: "T10", events: [setup(0), staleEnd(0), ok(0)] },
  { name: "T10 by vBucket", events: [setup(0), staleEnd(0), ok(0)], byVBucket: true }
]

/** A trace in words: `setup [0]; end 0; 0 ok`. */
export const told = ({ events }: Trace): string =>
  events
    .map((event) => {
      switch (event._tag) {
        case "Setup":
          return `setup [${event.vbuckets.join(", ")}]`
        case "Answer":
          return `add ${event.vbucket} ${event.status === 0 ? "ok" : "fails"}`
        case "End":
          return `${event.stale ? "stale " : ""}end ${event.vbucket}`
      }
    })
    .join("; ")

/** What a trace comes to under a design, as its callers see it. */
export const result = (trace: Trace, design: Design): string => {
  const run = new Run((trace.byVBucket === true ? byVBucket(design) : design).variant)
  for (const event of trace.events) run.happens(event)
  return run.told()
}

/** The first stream opaque of a kv consumer that counted its controls: no vBucket looks like it. */
const firstOpaque = 0x1d000000
const staleOpaque = 0x1c000000

class Run {
  readonly #role: ReturnType<typeof consumerConnection>
  #connection: ConsumerConnection | null = fresh
  readonly #calls: Array<{ readonly call: CallId; result: string | undefined }> = []
  readonly #opaques = new Map<number, number>()
  #next = firstOpaque
  /** Answers to ADD_STREAM that went to the producer, who never asked. */
  #strays = 0

  constructor(variant: Variant) {
    this.#role = consumerConnection(variant)
  }

  happens(event: Event): void {
    if (event._tag === "Setup") this.#setup(event.vbuckets as ReadonlyArray<VBucket>)
    else if (event._tag === "Answer") {
      const status = event.status as Status
      this.#fromKv({ _tag: "AddStreamResponse", opaque: event.vbucket as Opaque, status })
    } else {
      const opaque = (event.stale ? staleOpaque : (this.#opaques.get(event.vbucket) ?? 0)) as Opaque
      const cast = { _tag: "ProducerStreamEnd" as const, vbucket: event.vbucket as VBucket, opaque, reason: 2 }
      this.#takes({ _tag: "FromProducerConnection", cast })
    }
  }

  told(): string {
    const answers = this.#calls.map(({ result }) => result ?? "waits").join(", then ")
    const open = this.#connection === null ? "" : `; open [${this.#connection.partitions.join(", ")}]`
    const strays = this.#strays === 0 ? "" : `; ${this.#strays === 1 ? "an answer goes" : "answers go"} to the producer`
    return `${answers}${open}${strays}`
  }

  #setup(vbuckets: ReadonlyArray<VBucket>): void {
    // Whoever calls after a death finds a fresh connection.
    this.#connection ??= fresh
    const call = `c${this.#calls.length + 1}` as CallId
    this.#calls.push({ call, result: undefined })
    const asked = this.#takes({ _tag: "Call", call, request: { _tag: "SetupStreams", vbuckets } })
    for (const vbucket of asked) {
      const opaque = this.#next
      this.#next += 0x01000000
      this.#opaques.set(vbucket, opaque)
      this.#fromKv({ _tag: "StreamRequest", vbucket: vbucket as VBucket, opaque: opaque as Opaque })
    }
  }

  #fromKv(packet: Extract<ConsumerInput, { _tag: "FromKvConsumer" }>["packets"][number]): void {
    this.#takes({ _tag: "FromKvConsumer", packets: [packet] })
  }

  /** Takes an input and tells which streams were asked for. A dead connection takes nothing. */
  #takes(input: ConsumerInput): ReadonlyArray<number> {
    if (this.#connection === null) return []
    const step = outcome(this.#role.step(this.#connection, input))
    if (step._tag === "Refused") {
      this.#connection = null
      for (const call of this.#calls) call.result ??= "exit"
      return []
    }
    this.#connection = step.next.state
    return step.next.outputs.flatMap((output) => this.#said(output))
  }

  #said(output: ConsumerOutput): ReadonlyArray<number> {
    if (output._tag === "Reply") {
      const call = this.#calls.find((one) => one.call === output.call)
      if (call !== undefined) call.result = replyTold(output.value)
    }
    if (output._tag === "ForwardKvProducer")
      this.#strays += output.packets.filter(({ _tag }) => _tag === "AddStreamResponse").length
    return output._tag === "SendKvConsumer" && output.packet._tag === "AddStream" ? [output.packet.vbucket] : []
  }
}

const replyTold = (value: ReplyValue): string => {
  if (value._tag === "Errors") return `error (${value.failures.map(({ vbucket }) => vbucket).join(", ")})`
  return value._tag === "Ok" ? "ok" : value._tag.toLowerCase()
}
