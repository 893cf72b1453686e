/** Surroundings that several scopes share. */
import type { BaseTable, Coming, Step, WorkerBounds } from "./bounds.ts"

type Scene = Partial<WorkerBounds>

const built: ReadonlyArray<BaseTable> = [{ base: "t", views: ["v"], shards: [0], built: true }]
const twoTablets: ReadonlyArray<BaseTable> = [{ base: "t", views: ["v"], shards: [0, 0] }]
const twoBases: ReadonlyArray<BaseTable> = [
  { base: "t", views: ["v"], shards: [0] },
  { base: "u", views: ["w"], shards: [0] }
]

export const coming = (as: Coming["as"], shard = 0, value: string | null = "x"): Coming => ({
  base: "t",
  shard,
  as,
  value
})
const newView: Step = { _tag: "CreateView", base: "t", view: "w" }
const moves: Step = { _tag: "MoveTablet", base: "t" }
const isDropped = (view: string): Step => ({ _tag: "DropView", view })

/** One view is built of one row. The attempt may fail, and the node may fall. */
export const oneView: Scene = { comings: [coming("write")], failures: 1, restarts: 1 }
/** Coordinators change, and the last one's call comes late. */
export const failover: Scene = { failovers: 1, lateCalls: 1 }
/** A view comes while another is built, and a write is on its way. */
export const viewAdded: Scene = { steps: [newView], comings: [coming("write")] }
/** The same with two writes, of which one may begin while a flush waits for the other. */
export const viewAddedToWrites: Scene = { steps: [newView], comings: [coming("write"), coming("write", 0, "y")] }
/** A row is written, and deleted, and a view comes somewhere between. */
export const rowDeleted: Scene = {
  tables: built,
  steps: [newView],
  comings: [coming("write"), coming("write", 0, null)]
}
/** A stream and a write are on their way as a view comes. */
export const viewAddedToStream: Scene = {
  tables: built,
  steps: [newView],
  comings: [coming("stream"), coming("write")]
}
/** A stream comes while a view is built, so into staging. */
export const streamed: Scene = { comings: [coming("stream"), coming("write")] }
/** Two views of one base are dropped, one after the other. */
export const viewsDropped: Scene = {
  tables: [{ base: "t", views: ["v", "w"], shards: [0] }],
  steps: [isDropped("v"), isDropped("w")]
}
/** A base with a view that may be dropped, and another base that waits for its turn. */
export const baseChanges: Scene = { tables: twoBases, steps: [isDropped("v")] }
/** The tablet sets out for another node, and goes or comes back. */
export const tabletMoves: Scene = { steps: [moves], comings: [coming("write")] }
/** Nobody promises that attempts come to an end. */
export const impatient = (scene: Scene): Scene => ({ ...scene, without: ["VB-F3"] })
/** A new coordinator finds a batch that is not quite what it asks for. */
export const addedInFailover: Scene = { steps: [newView], failovers: 1 }
/** Two tablets on one shard, and two coordinators. */
export const tabletsInFailover: Scene = { tables: twoTablets, failovers: 1 }
/** A tablet is split, and a new coordinator asks for a half while a batch is at work on the whole. */
export const splitInFailover: Scene = { steps: [{ _tag: "SplitTablets", base: "t" }], failovers: 1 }
/** Two shards with a tablet each. */
export const twoShards: Scene = { shards: 2, tables: [{ base: "t", views: ["v"], shards: [0, 1] }] }

/** Two staging sstables come while nothing else is to be done. */
export const staged: Scene = { tables: built, comings: [coming("staging"), coming("staging", 0, "y")] }
/** One does; attempts fail, coordinators change. */
export const stagedWithFailures: Scene = { tables: built, comings: [coming("staging")], failures: 1, failovers: 1 }
/** One does, and the node falls. */
export const stagedAndFallen: Scene = { tables: built, comings: [coming("staging")], restarts: 1 }
/** One does, and the node is drained, or the view update generator stops. */
export const stagedAndDrained: Scene = { tables: built, comings: [coming("staging")], drains: 1 }
export const stagedAndStopped: Scene = { tables: built, comings: [coming("staging")], stops: 1 }
/** Its tablet sets out for another node. */
export const stagedAndMoved: Scene = { tables: built, comings: [coming("staging")], steps: [moves] }
/** Its tablet is split. */
export const stagedAndSplit: Scene = {
  tables: built,
  comings: [coming("staging")],
  steps: [{ _tag: "SplitTablets", base: "t" }]
}
/** Its table is dropped. */
export const stagedAndDropped: Scene = {
  tables: built,
  comings: [coming("staging")],
  steps: [{ _tag: "DropTable", base: "t" }]
}
/** It is on one shard, and a tablet of the other sets out for another node. */
export const stagedBesideMove: Scene = {
  shards: 2,
  tables: [{ base: "t", views: ["v"], shards: [0, 1], built: true }],
  steps: [moves],
  comings: [coming("staging", 1), coming("write", 0)]
}
