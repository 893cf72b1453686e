import type { ReplyValue } from "../../spec/dcp/messages.ts"
import type { VBucket } from "../../spec/ids.ts"
import { type Clock, systemClock } from "../runtime/clock.ts"
import type { CommonExit, ExitReason } from "../runtime/exit.ts"
import { type Log, silentLog } from "../runtime/log.ts"
import { Mailbox } from "../runtime/mailbox.ts"
import { type AnyProcess, type CallOptions, Process } from "../runtime/process.ts"
import type { Socket } from "../runtime/transport.ts"
import { ConsumerConnection } from "./consumer-connection.ts"
import { ProducerConnection } from "./producer-connection.ts"
import type { ProxyOptions } from "./proxy-process.ts"
import type { Outcome, ProxyName, ReplicatorExit, StopReason } from "./replicator-exit.ts"

/** How long a shut of the consumer connection may take. Source: ns_server dcp_shut_consumer; dossier 2.10. */
export const shutTimeoutMs = 60_000

/** What a replicator needs: two connections, opened and authenticated but not activated. */
export interface ReplicatorOptions {
  readonly connect: Connect
  readonly clock?: Clock
  readonly log?: Log
}

/** Opens the connections of one proxy pair. */
export interface Connect {
  consumer(): Promise<Socket>
  producer(): Promise<Socket>
}

type Work = (consumer: ConsumerConnection) => Promise<ReplyValue>

interface Job {
  readonly work: Work
  readonly answer: (value: ReplyValue) => void
}

type Mail =
  | { readonly _tag: "Start" }
  | { readonly _tag: "ConsumerConnected"; readonly socket: Socket }
  | { readonly _tag: "ProducerConnected"; readonly socket: Socket }
  | { readonly _tag: "ConnectFailed"; readonly error: unknown }
  | ({ readonly _tag: "Call" } & Job)
  | { readonly _tag: "WorkerDone"; readonly job: Job; readonly outcome: Outcome }
  | { readonly _tag: "ProxyExited"; readonly proxy: ProxyName; readonly reason: ExitReason }
  | { readonly _tag: "Stop"; readonly reason: StopReason }
  | { readonly _tag: "ShutDone"; readonly outcome: Outcome }

interface Child {
  readonly process: AnyProcess
  readonly socket: Socket
}

/**
 * Replicates some vBuckets from one node to another: owns both halves of a proxy pair and lives no longer than they do.
 *
 * Calls run one after another, each in a worker that makes the calls to the consumer connection; so a proxy's death is
 * seen while a call is under way. Nothing here restarts: who wants replication again starts a new replicator.
 *
 * Source: ns_server dcp_replicator.erl init, spawn_and_wait, terminate, maybe_shut_consumer; dossier `dcp.md` 1.1, 2.7
 * and 2.10.
 */
export class Replicator extends Process<Mail, ReplicatorExit> {
  readonly #connect: Connect
  readonly #log: Log
  readonly #waiting = new Mailbox<Job>()
  #children: Child[] = []
  #consumer: ConsumerConnection | undefined
  #state: "connecting" | "ready" | "working" | "stopping" = "connecting"

  constructor(options: ReplicatorOptions) {
    super(options.clock ?? systemClock)
    this.#connect = options.connect
    this.#log = options.log ?? silentLog
    this.post({ _tag: "Start" })
  }

  /** Makes exactly these vBuckets replicated. Rejects with `ProcessExit` if the replicator dies first, as all calls do. */
  setupReplication(vbuckets: readonly VBucket[], options?: CallOptions): Promise<ReplyValue> {
    return this.#call((consumer) => consumer.call({ _tag: "SetupStreams", vbuckets }), options)
  }

  /** Makes the consumer's copy of a vBucket the active one. */
  takeover(vbucket: VBucket, options?: CallOptions): Promise<ReplyValue> {
    return this.#call((consumer) => this.takeoverWork(consumer, vbucket), options)
  }

  /** Which vBuckets are replicated now. */
  getPartitions(options?: CallOptions): Promise<ReplyValue> {
    return this.#call((consumer) => consumer.call({ _tag: "GetPartitions" }), options)
  }

  /** Ends the replicator, and resolves with the reason once both proxies have ended too. */
  shutdown(reason: StopReason): Promise<ReplicatorExit | CommonExit> {
    this.post({ _tag: "Stop", reason })
    return this.exited
  }

  protected override receive(mail: Mail): void {
    switch (mail._tag) {
      case "Start":
        this.#open(this.#connect.consumer, "ConsumerConnected")
        break
      case "ConsumerConnected":
        this.#consumer = this.createConsumer(this.#proxyOptions(mail.socket))
        this.#adopt(this.#consumer, mail.socket)
        this.#open(this.#connect.producer, "ProducerConnected")
        break
      case "ProducerConnected":
        this.#join(mail.socket)
        this.#workNext()
        break
      case "ConnectFailed":
        this.exit({ _tag: "ConnectFailed", error: mail.error })
        break
      case "Call":
        this.#waiting.put(mail)
        this.#workNext()
        break
      case "WorkerDone":
        this.onWorkerDone(mail.job, mail.outcome)
        break
      case "ProxyExited":
        this.onProxyExited(mail.proxy, mail.reason)
        break
      case "Stop":
        this.onStop(mail.reason)
        break
      case "ShutDone":
        this.onShutDone(mail.outcome)
        break
    }
  }

  // ---- the proxies ---------------------------------------------------------------------------------------------------

  protected createConsumer(options: ProxyOptions): ConsumerConnection {
    return new ConsumerConnection(options)
  }

  protected createProducer(options: ProxyOptions): ProducerConnection {
    return new ProducerConnection(options)
  }

  /** Ties a proxy's life to the replicator's. */
  protected linkProxy(proxy: AnyProcess): void {
    this.link(proxy)
  }

  protected override trapExit(from: AnyProcess, reason: ExitReason): Mail {
    const proxy = from === this.#consumer ? "consumerConnection" : "producerConnection"
    return { _tag: "ProxyExited", proxy, reason }
  }

  /** One half without the other is of no use. */
  protected onProxyExited(proxy: ProxyName, reason: ExitReason): void {
    this.#log.warn("a proxy has exited", { proxy, reason })
    // A shut is answered or fails by itself, and a normal exit is by convention no reason to follow.
    if (this.#state === "stopping" || reason._tag === "Normal") return
    if (this.#state === "ready") this.exit({ _tag: "ProxyDied", proxy, reason })
    else this.exit({ _tag: "ChildInterrupted" })
  }

  /** In every case both proxies end: with a signal if all is in order, else by force and with their sockets first. */
  protected override release(reason: ReplicatorExit | CommonExit): void {
    const orderly = reason._tag === "Shutdown" || reason._tag === "Normal" || reason._tag === "ShutFailed"
    if (!orderly) for (const { socket } of this.#children) socket.close()
    for (const { process } of this.#children) process.exit({ _tag: orderly ? "Shutdown" : "Killed" })
  }

  /** Opens a connection; one that comes too late is closed at once. */
  #open(connect: () => Promise<Socket>, tag: "ConsumerConnected" | "ProducerConnected"): void {
    connect.call(this.#connect).then(
      (socket) => {
        this.onExit(() => socket.close())
        this.post({ _tag: tag, socket })
      },
      (error: unknown) => this.post({ _tag: "ConnectFailed", error })
    )
  }

  #join(socket: Socket): void {
    const consumer = this.#consumer!
    const consumerSocket = this.#children[0]!.socket
    const producer = this.createProducer(this.#proxyOptions(socket))
    this.#adopt(producer, socket)
    consumer.setPartner(producer, socket)
    producer.setPartner(consumer, consumerSocket)
    this.#state = "ready"
  }

  #adopt(process: AnyProcess, socket: Socket): void {
    this.#children.push({ process, socket })
    this.linkProxy(process)
  }

  #proxyOptions(socket: Socket): ProxyOptions {
    return { socket, clock: this.clock, log: this.#log }
  }

  // ---- calls ---------------------------------------------------------------------------------------------------------

  /** Closes a stream that is open, then takes over; what came of the first shows in the second. */
  protected async takeoverWork(consumer: ConsumerConnection, vbucket: VBucket): Promise<ReplyValue> {
    await consumer.call({ _tag: "MaybeCloseStream", vbucket })
    return consumer.call({ _tag: "Takeover", vbucket })
  }

  protected onWorkerDone(job: Job, outcome: Outcome): void {
    if (outcome._tag === "Failed") this.exit({ _tag: "WorkerFailed", error: outcome.error })
    else {
      this.#state = "ready"
      job.answer(outcome.value)
      this.#workNext()
    }
  }

  #call(work: Work, options?: CallOptions): Promise<ReplyValue> {
    return this.ask((answer: Job["answer"]) => ({ _tag: "Call", work, answer }), options)
  }

  #workNext(): void {
    if (this.#state !== "ready" || this.#waiting.length === 0) return
    this.#state = "working"
    const job = this.#waiting.take()
    void settle(job.work(this.#consumer!)).then((outcome) => this.post({ _tag: "WorkerDone", job, outcome }))
  }

  // ---- the end -------------------------------------------------------------------------------------------------------

  /** Whether a replicator that stops for this reason first closes its streams. Source: MB-17279 for `nuke`. */
  protected closesStreams(reason: StopReason): boolean {
    return reason === "shutdown" || reason === "nuke"
  }

  /** How long the streams may take to close; a kv that does not answer must not keep the replicator alive. MB-17279. */
  protected shutTimeout(): CallOptions {
    return { timeoutMs: shutTimeoutMs }
  }

  protected onStop(reason: StopReason): void {
    if (this.#state === "stopping") return
    if (this.#state !== "ready") this.exit({ _tag: "ChildInterrupted" })
    else if (!this.closesStreams(reason)) this.exit({ _tag: "Interrupted" })
    else {
      this.#state = "stopping"
      const shut = this.#consumer!.call({ _tag: "ShutConnection" }, this.shutTimeout())
      void settle(shut).then((outcome) => this.post({ _tag: "ShutDone", outcome }))
    }
  }

  protected onShutDone(outcome: Outcome): void {
    const closed = outcome._tag === "Answered" && outcome.value._tag === "Ok"
    this.exit(closed ? { _tag: "Shutdown" } : { _tag: "ShutFailed", outcome })
  }
}

function settle(call: Promise<ReplyValue>): Promise<Outcome> {
  return call.then(
    (value): Outcome => ({ _tag: "Answered", value }),
    (error: unknown): Outcome => ({ _tag: "Failed", error })
  )
}
