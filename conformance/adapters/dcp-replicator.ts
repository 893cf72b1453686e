/** Our replicator, in process: its two connections are puppets that answer and die as they are told. */
import { ConsumerConnection } from "../../impl/dcp/consumer-connection.ts"
import { ProducerConnection } from "../../impl/dcp/producer-connection.ts"
import type { ProxyOptions } from "../../impl/dcp/proxy-process.ts"
import { Replicator, shutTimeoutMs } from "../../impl/dcp/replicator.ts"
import { VirtualClock } from "../../impl/runtime/clock.ts"
import { ProcessExit } from "../../impl/runtime/exit.ts"
import type { CallOptions } from "../../impl/runtime/process.ts"
import type { ReplyValue, Request } from "../../spec/dcp/messages.ts"
import type { Outcome, ReplicatorInput, ReplicatorOutput } from "../../spec/dcp/supervision.ts"
import type { CallId } from "../../spec/ids.ts"
import type { Adapter, Reaction, Seen, Session } from "../kit/role-under-test.ts"
import { PairEnd } from "./replicator-end.ts"

export type ReplicatorAdapter = Adapter<ReplicatorInput, ReplicatorOutput, never> & {
  readonly role: "dcp/replicator"
}

/** An adapter for the replicator or a subclass of it. */
export const replicatorAdapter = (name = "portcullis", make: typeof Replicator = Replicator): ReplicatorAdapter => ({
  name,
  way: "in process",
  role: "dcp/replicator",
  start: () => ReplicatorSession.open(make)
})

/** A call of the replicator to its consumer connection that waits for what the kit says. */
interface Waiting {
  readonly resolve: (value: ReplyValue) => void
  readonly reject: (error: Error) => void
}

class ReplicatorSession implements Session<ReplicatorInput, ReplicatorOutput, never> {
  private readonly clock = new VirtualClock()
  private readonly end = new PairEnd()
  private readonly replicator: Replicator
  private waiting: Waiting | undefined
  private outputs: Array<Seen<ReplicatorOutput>> = []

  static async open(make: typeof Replicator): Promise<ReplicatorSession> {
    const session = new ReplicatorSession(make)
    await turn()
    return session
  }

  private constructor(Make: typeof Replicator) {
    const { clock, end } = this
    const called = (request: Request, options: CallOptions) => this.called(request, options)
    class Puppets extends Make {
      protected override createConsumer(options: ProxyOptions): ConsumerConnection {
        return end.watch("consumerConnection", new PuppetConsumer(options, called, end))
      }

      protected override createProducer(options: ProxyOptions): ProducerConnection {
        return end.watch("producerConnection", new PuppetProducer(options, end))
      }
    }
    const connect = { consumer: async () => end.socket(), producer: async () => end.socket() }
    this.replicator = new Puppets({ connect, clock })
    this.replicator.onExit((reason) => this.outputs.push(...this.end.exits(reason)))
  }

  async input(input: ReplicatorInput): Promise<Reaction<ReplicatorOutput, never>> {
    this.outputs = []
    this.give(input)
    await turn()
    return { outputs: this.outputs }
  }

  stop(): void {
    this.replicator.exit({ _tag: "Killed" })
  }

  private give(input: ReplicatorInput): void {
    switch (input._tag) {
      case "SetupReplication":
        this.watch(input.call, this.replicator.setupReplication(input.vbuckets))
        break
      case "TakeoverReplication":
        this.watch(input.call, this.replicator.takeover(input.vbucket))
        break
      case "WorkerDone":
      case "ShutDone":
        this.settle(input.outcome)
        break
      case "ChildExited":
        this.end.kill(input.child, input.reason)
        break
      case "Stop":
        void this.replicator.shutdown(input.reason)
        break
      case "ShutTimedOut":
        this.clock.advance(shutTimeoutMs)
    }
  }

  private watch(call: CallId, answered: Promise<ReplyValue>): void {
    answered.then(
      (value) => this.outputs.push({ _tag: "Answer", call, value }),
      () => this.outputs.push({ _tag: "ExitCaller", call })
    )
  }

  private called(request: Request, { timeoutMs }: CallOptions): Promise<ReplyValue> {
    this.outputs.push(request._tag === "ShutConnection" ? { _tag: "ShutConsumer" } : { _tag: "SpawnWorker", request })
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject }
      if (timeoutMs !== undefined) this.clock.setTimer(timeoutMs, () => reject(new Error("no answer in time")))
    })
  }

  private settle(outcome: Outcome): void {
    if (outcome._tag === "Answered") this.waiting?.resolve(outcome.value)
    else this.waiting?.reject(new ProcessExit({ _tag: "SocketClosed" }))
  }
}

/** A turn of the event loop is behind every microtask. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

class PuppetConsumer extends ConsumerConnection {
  private readonly called: (request: Request, options: CallOptions) => Promise<ReplyValue>
  private readonly end: PairEnd

  constructor(
    options: ProxyOptions,
    called: (request: Request, options: CallOptions) => Promise<ReplyValue>,
    end: PairEnd
  ) {
    super(options)
    this.called = called
    this.end = end
  }

  override call(request: Request, options: CallOptions = {}): Promise<ReplyValue> {
    return this.called(request, options)
  }

  override exit(...reason: Parameters<ConsumerConnection["exit"]>): void {
    this.end.told(...reason)
    super.exit(...reason)
  }
}

class PuppetProducer extends ProducerConnection {
  private readonly end: PairEnd

  constructor(options: ProxyOptions, end: PairEnd) {
    super(options)
    this.end = end
  }

  override exit(...reason: Parameters<ProducerConnection["exit"]>): void {
    this.end.told(...reason)
    super.exit(...reason)
  }
}
