import { NodeId, Position, type Replica, ShardId, Term } from "../../../spec/metadata.ts"
import { CallId, type SstableId, TableId, TaskId, Token, ViewId } from "../../../spec/view-building/ids.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { BaseRow, CallAnswer } from "../../../spec/view-building/messages.ts"
import type { BuildingState, Task } from "../../../spec/view-building/metadata.ts"
import { VirtualClock } from "../../runtime/clock.ts"
import { ConnectionBroken } from "../../runtime/network/network.ts"
import { atOnce } from "../../runtime/turn.ts"
import { BuildingInjections, type InjectionName } from "../injections.ts"
import { MemoryDisk } from "../storage/memory-disk.ts"
import { reference, type WorkerOptions } from "./options.ts"
import { ShardWorker } from "./shard-worker.ts"
import type { StagingList } from "./surroundings.ts"

export const place: Replica = { node: NodeId.make("A"), shard: ShardId.make(0) }
export const t = TableId.make("t")
export const u = TableId.make("u")
export const v = ViewId.make("v")
export const w = ViewId.make("w")
export const x = ViewId.make("x")

export const build = (id: number, view = v, more: Partial<Task> = {}): Task => ({
  id: TaskId.make(id),
  type: "build_range",
  state: "alive",
  base: t,
  view,
  replica: place,
  lastToken: Token.make(9),
  ...more
})

export const row = (key: string, timestamp = 1, value: string | null = key): BaseRow => ({
  key,
  timestamp,
  value,
  token: Token.make(5)
})

const table = (base: TableId, views: ReadonlyArray<ViewId>) => ({
  base,
  views,
  tablets: [{ lastToken: Token.make(9), replicas: [place], transition: null }]
})

/** The worker of one shard, with nothing around it but what a test says. */
export class WorkerStage {
  readonly labels: ViewBuildingLabel[] = []
  readonly clock = new VirtualClock()
  readonly injections = new BuildingInjections()
  readonly store = new MemoryDisk().open([place.shard]).shard(place.shard)
  readonly listed: Array<{ readonly sstable: SstableId; readonly base: TableId }> = []
  readonly worker: ShardWorker
  /** How many writes of view rows are to fail from now on. */
  failures = 0
  term = 1
  state: BuildingState = {
    tasks: [],
    minTask: null,
    processing: t,
    statuses: [],
    tables: [table(t, [v, w]), table(u, [x])],
    nodes: [place.node],
    normal: [place.node]
  }
  /** What read barriers wait for. */
  barrier: Promise<void> = Promise.resolve()
  #at = 1
  #calls = 0

  constructor(options: Partial<WorkerOptions> = {}) {
    const stage = this
    this.worker = new ShardWorker({
      ...place,
      applied: {
        get state() {
          return stage.state
        },
        get at() {
          return Position.make(stage.#at)
        },
        get term() {
          return Term.make(stage.term)
        },
        readBarrier: async () => {
          await stage.barrier
          return Position.make(stage.#at)
        }
      },
      storage: this.store,
      views: {
        write: async () => {
          if (this.failures-- > 0) throw new ConnectionBroken("a view replica is down")
        }
      },
      staging: { start: () => Promise.resolve(), exclusively: (work) => work(this.#list) },
      clock: this.clock,
      injections: this.injections,
      turn: atOnce,
      tell: (label) => this.labels.push(label),
      options: { ...reference, ...options }
    })
  }

  get #list(): StagingList {
    return {
      of: (base) => this.listed.filter((one) => one.base === base).map(({ sstable }) => sstable),
      remove: (sstable) => {
        this.listed.splice(
          this.listed.findIndex((one) => one.sstable === sstable),
          1
        )
      }
    }
  }

  /** Group 0 says something else from now on, and the node has applied it. */
  say(change: Partial<BuildingState>): void {
    this.state = { ...this.state, ...change }
    this.#at++
  }

  call(...tasks: ReadonlyArray<number>): Promise<CallAnswer> {
    const id = CallId.make(++this.#calls)
    return this.worker.work(
      id,
      Term.make(1),
      tasks.map((task) => TaskId.make(task))
    )
  }

  pause(name: InjectionName): void {
    this.injections.enable(name)
  }

  /** The tags of what was told since the last look. */
  told(): ReadonlyArray<string> {
    return this.labels.splice(0).map(({ _tag }) => _tag)
  }

  of<Tag extends ViewBuildingLabel["_tag"]>(
    tag: Tag
  ): ReadonlyArray<Extract<ViewBuildingLabel, { readonly _tag: Tag }>> {
    return this.labels.filter(
      (label): label is Extract<ViewBuildingLabel, { readonly _tag: Tag }> => label._tag === tag
    )
  }
}

/** Lets everything happen that can. */
export const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export const done = (...tasks: ReadonlyArray<number>): CallAnswer => ({
  _tag: "Done",
  tasks: tasks.map((task) => TaskId.make(task))
})
