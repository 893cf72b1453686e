/** What a worker is surrounded by: tables, rows that come, changes of group 0, and what may go wrong. */

import { UnknownOverride } from "../../kernel/scope.ts"
import type { Fairness } from "../../kernel/system.ts"

/** A base with its views, and one tablet on each of these shards of node A. */
export interface BaseTable {
  readonly base: string
  readonly views: ReadonlyArray<string>
  readonly shards: ReadonlyArray<number>
  /** Whether its views are built at the beginning, so that there is nothing to do but what comes. */
  readonly built?: boolean
}

/** Rows that set out for a shard of a base, one key for each base: a write, a stream, or a staging sstable. */
export interface Coming {
  readonly base: string
  readonly shard: number
  readonly as: "write" | "stream" | "staging"
  /** Null for a delete. */
  readonly value: string | null
}

/** What operators and the topology coordinator do, in this order, each at any time. */
export type Step =
  | { readonly _tag: "CreateView"; readonly base: string; readonly view: string }
  | { readonly _tag: "DropView"; readonly view: string }
  | { readonly _tag: "DropTable"; readonly base: string }
  /** The first tablet of a base goes to node B, or sets out for it and comes back. */
  | { readonly _tag: "MoveTablet"; readonly base: string }
  | { readonly _tag: "SplitTablets"; readonly base: string }

export interface WorkerBounds {
  readonly shards: number
  readonly tables: ReadonlyArray<BaseTable>
  readonly comings: ReadonlyArray<Coming>
  readonly steps: ReadonlyArray<Step>
  readonly failures: number
  readonly restarts: number
  readonly failovers: number
  /** Calls of a coordinator that has been replaced. */
  readonly lateCalls: number
  readonly truncations: number
  readonly drains: number
  /** How often the view update generator stops in the middle of something. */
  readonly stops: number
  /** Assumptions that are switched off, by id. */
  readonly without: ReadonlyArray<string>
}

/** One shard, one base with one view and one row, and nothing that goes wrong. */
export const small: WorkerBounds = {
  shards: 1,
  tables: [{ base: "t", views: ["v"], shards: [0] }],
  comings: [],
  steps: [],
  failures: 0,
  restarts: 0,
  failovers: 0,
  lateCalls: 0,
  truncations: 0,
  drains: 0,
  stops: 0,
  without: []
}

const known = ["VB-F1", "VB-F3", "VB-F7", "VB-F8", "VB-F9", "VB-F11"]

/** The same bounds with assumptions switched off. Throws `UnknownOverride` for an id that a worker assumes nothing by. */
export const assuming = (bounds: WorkerBounds, without: ReadonlyArray<string>): WorkerBounds => {
  const ids = without.map((id) => (id.startsWith("VB-") ? id : `VB-${id}`))
  const stranger = ids.find((id) => !known.includes(id))
  if (stranger !== undefined)
    throw new UnknownOverride(`a worker has no assumption "${stranger}"; it has ${known.join(", ")}`)
  return { ...bounds, without: [...bounds.without, ...ids] }
}

/** Whether a rule has to fire in the end: what an assumption promises is fair until the assumption is switched off. */
export const trusting = ({ without }: WorkerBounds, assumption: string): Fairness =>
  without.includes(`VB-${assumption}`) ? "none" : "weak"
