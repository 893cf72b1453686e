/** Our view building worker, in process: everything that it waits for is the kit's to give. */
import { AsyncLocalStorage } from "node:async_hooks"
import { Broken } from "../../impl/runtime/breakable-mutex.ts"
import { VirtualClock } from "../../impl/runtime/clock.ts"
import { ConnectionBroken } from "../../impl/runtime/network/network.ts"
import { BuildingInjections } from "../../impl/view-building/injections.ts"
import { asShipped, reference, type WorkerOptions } from "../../impl/view-building/worker/options.ts"
import { ShardWorker } from "../../impl/view-building/worker/shard-worker.ts"
import { isWithin, type Range, type ShardSurroundings } from "../../impl/view-building/worker/surroundings.ts"
import { Position, Term } from "../../spec/metadata.ts"
import type { CallId, SstableId, TableId, TaskId, Token, ViewId } from "../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../spec/view-building/labels.ts"
import type { BaseRow } from "../../spec/view-building/messages.ts"
import type { BuildingState } from "../../spec/view-building/metadata.ts"
import { type WorkerInput, type WorkerOutput, workerPlace } from "../../spec/view-building/worker/messages.ts"
import { fullState } from "../../spec/view-building/worker/seen.ts"
import type { Reaction, Seen, Session } from "../kit/role-under-test.ts"
import type { WorkerAdapter } from "../kit/view-building/worker-part.ts"
import { settled } from "./announced.ts"

type MakeWorker = (parts: ShardSurroundings) => ShardWorker

/** An adapter for our worker or one that is made in another way. */
export const workerAdapter = (
  name = "portcullis",
  options: WorkerOptions = reference,
  make: MakeWorker = (parts) => new ShardWorker(parts)
): WorkerAdapter => ({
  name,
  way: "in process",
  role: "view-building/worker",
  start: () => new WorkerSession(options, make)
})

/** More than any pause of a batch. */
const longestPauseMs = 5 * 60 * 1_000

/** The worker with the choices of what ships. */
export const shippedWorkerAdapter = (name = "as shipped"): WorkerAdapter => workerAdapter(name, asShipped)

/** What its node has applied. */
interface Knows {
  readonly state: BuildingState
  readonly at: Position
}

const nothing: Knows = { state: fullState({ processing: null, tasks: [], tables: [] }), at: Position.make(0) }

/** Which call somebody runs for. */
const calling = new AsyncLocalStorage<CallId>()

class WorkerSession implements Session<WorkerInput, WorkerOutput, never> {
  readonly #options: WorkerOptions
  readonly #make: MakeWorker
  #life: Life

  constructor(options: WorkerOptions, make: MakeWorker) {
    this.#options = options
    this.#make = make
    this.#life = new Life(options, make, nothing)
  }

  input(input: WorkerInput): Promise<Reaction<WorkerOutput, never>> {
    // What still runs of the old one is not heard of any more.
    if (input._tag === "Restart") this.#life = new Life(this.#options, this.#make, this.#life.knows)
    return this.#life.take(input)
  }

  stop(): void {}
}

/** What a worker waits for. */
interface Awaited {
  readonly come: () => void
  readonly fail: (error: Error) => void
}

interface Listed {
  readonly sstable: SstableId
  readonly base: TableId
  readonly token: Token
}

const row = (key: string, token: Token): BaseRow => ({ key, timestamp: 1, value: "row", token })

/** A worker from its node's start to its fall, with all that it waits for. */
class Life {
  knows: Knows
  readonly #clock = new VirtualClock()
  readonly #worker: ShardWorker
  readonly #barriers = new Map<CallId, Awaited>()
  readonly #writes: Array<Awaited & { readonly view: ViewId }> = []
  /** Batches that are about to try: they do so once nothing else goes on any more. */
  readonly #turns: Array<() => void> = []
  readonly #listed: Array<Listed> = []
  #term = Term.make(0)
  #arrivals: Awaited | undefined
  #flush: Awaited | undefined
  /** How the view replicas answer the attempt in hand; undefined while they do not. */
  #acknowledged: boolean | undefined
  #outputs: Array<Seen<WorkerOutput>> = []

  constructor(options: WorkerOptions, make: MakeWorker, knows: Knows) {
    this.knows = knows
    this.#worker = make(this.#surroundings(options))
  }

  async take(input: WorkerInput): Promise<Reaction<WorkerOutput, never>> {
    this.#outputs = []
    this.#give(input)
    await settled()
    this.#acknowledged = undefined
    while (this.#turns.length > 0) {
      for (const go of this.#turns.splice(0)) go()
      await settled()
    }
    return { outputs: this.#outputs }
  }

  #give(input: WorkerInput): void {
    switch (input._tag) {
      case "Applied":
        this.knows = { state: fullState(input.known), at: input.at }
        break
      case "Observe":
        this.#doing(this.#worker.observe())
        break
      case "Call":
        this.#call(input.call, input.term, input.tasks)
        break
      case "BarrierEnds":
        this.#term = input.term
        this.#barriers.get(input.call)?.come()
        break
      case "ArrivalsEnd":
        this.#arrivals?.come()
        break
      case "FlushEnds":
        this.#flush?.come()
        break
      case "AttemptEnds":
        this.#answerWrites(input.ok)
        break
      case "PauseEnds":
        this.#clock.advance(longestPauseMs)
        break
      case "List":
        this.#listed.push({ sstable: input.sstable, base: input.base, token: input.token })
        break
      case "Drain":
        this.#doing(this.#worker.drain().then(() => this.#put({ _tag: "Drained" })))
        break
      case "Restart":
        break
    }
  }

  #put(output: Seen<WorkerOutput>): void {
    this.#outputs.push(output)
  }

  /** Whoever finds the worker stopped has nothing to do; another failure is a defect. */
  #doing(work: Promise<void>): void {
    work.catch((thrown: unknown) => {
      if (!(thrown instanceof Broken)) this.#defect(thrown)
    })
  }

  #defect(thrown: unknown): void {
    this.#put({ _tag: "Strange", channel: "defects", what: String(thrown) })
  }

  #call(call: CallId, term: Term, tasks: ReadonlyArray<TaskId>): void {
    calling
      .run(call, () => this.#worker.work(call, term, tasks))
      .then(
        (answer) => this.#put({ _tag: "Answered", call, answer }),
        (thrown: unknown) => this.#defect(thrown)
      )
  }

  #answerWrites(ok: boolean): void {
    this.#acknowledged = ok
    for (const { come, fail } of this.#writes.splice(0)) {
      if (ok) come()
      else fail(new ConnectionBroken("a view replica is down"))
    }
  }

  #surroundings(options: WorkerOptions): ShardSurroundings {
    return {
      ...workerPlace,
      applied: this.#applied(),
      storage: {
        shard: workerPlace.shard,
        // The role's words make one of the two: whoever waits for arrivals waits for writes and streams.
        writes: (base) => {
          this.#put({ _tag: "ArrivalsAwaited", base })
          return this.#held((awaited) => (this.#arrivals = awaited))
        },
        streams: () => Promise.resolve(),
        flush: (base) => {
          this.#put({ _tag: "FlushBegan", base })
          return this.#held((awaited) => (this.#flush = awaited))
        },
        read: (base, { lastToken }) => [row(base, lastToken)],
        staged: (_, sstables) =>
          this.#listed.flatMap(({ sstable, token }) => (sstables.includes(sstable) ? [row(sstable, token)] : [])),
        settle: async (sstable) => this.#put({ _tag: "Processed", sstable }),
        reading: async () => () => undefined
      },
      views: { write: (view) => this.#write(view) },
      staging: {
        start: async () => undefined,
        exclusively: (work) => work({ of: (base, range) => this.#of(base, range), remove: (one) => this.#remove(one) })
      },
      clock: this.#clock,
      injections: new BuildingInjections(),
      turn: (event) => (event.endsWith("tries") ? new Promise((go) => this.#turns.push(go)) : Promise.resolve()),
      tell: (label) => this.#tell(label),
      options
    }
  }

  #applied(): ShardSurroundings["applied"] {
    const life = this
    return {
      get state() {
        return life.knows.state
      },
      get at() {
        return life.knows.at
      },
      get term() {
        return life.#term
      },
      readBarrier: async () => {
        const call = calling.getStore()
        if (call === undefined) throw new TypeError("nobody's barrier")
        life.#put({ _tag: "CatchesUp", call })
        await life.#held((awaited) => life.#barriers.set(call, awaited))
        return life.knows.at
      }
    }
  }

  #held(keep: (awaited: Awaited) => void): Promise<void> {
    return new Promise((come, fail) => keep({ come, fail }))
  }

  async #write(view: ViewId): Promise<void> {
    if (this.#acknowledged === undefined) await this.#held((awaited) => this.#writes.push({ view, ...awaited }))
    else if (!this.#acknowledged) throw new ConnectionBroken("a view replica is down")
    this.#put({ _tag: "ViewWritten", view })
  }

  #of(base: TableId, range: Range): ReadonlyArray<SstableId> {
    return this.#listed
      .filter((one) => one.base === base && isWithin(one.token, range))
      .map(({ sstable }) => sstable)
      .sort()
  }

  #remove(sstable: SstableId): void {
    this.#listed.splice(
      this.#listed.findIndex((one) => one.sstable === sstable),
      1
    )
  }

  /** What the worker tells of its batch, which nobody outside can see. */
  #tell(label: ViewBuildingLabel): void {
    switch (label._tag) {
      case "CallAttached":
        this.#put({ _tag: "Attached", call: label.call })
        break
      case "BatchBegan": {
        const { call, type, base, lastToken, tasks } = label
        if (call === null) throw new TypeError("a batch that nobody has asked for")
        this.#put({ _tag: "BatchBegan", call, type, base, lastToken, tasks })
        break
      }
      case "TasksDropped":
        this.#put({ _tag: "TasksDropped", tasks: label.tasks })
        break
      case "AttemptBegan": {
        const { tasks, after, lastToken, sstables } = label
        this.#put({ _tag: "AttemptBegan", tasks, after, lastToken, sstables })
        break
      }
      case "BatchEnded":
        this.#put({ _tag: "BatchEnded", how: label.how })
        break
    }
  }
}
