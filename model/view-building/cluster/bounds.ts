/** How far a cluster may go, what its clients and operators do, and which faults it meets. */
import type { Kind } from "../../../spec/metadata.ts"
import { UnknownOverride } from "../../kernel/scope.ts"
import type { Fairness } from "../../kernel/system.ts"

/** A tablet by its last token, and where it lives: places such as `A.0`. */
export interface TabletBound {
  readonly lastToken: number
  readonly at: ReadonlyArray<string>
}

export interface TableBound {
  readonly base: string
  readonly tablets: ReadonlyArray<TabletBound>
}

/** What is asked of the schema layer. */
export type SchemaStep =
  | { readonly create: string; readonly of: string; readonly empty?: boolean }
  | { readonly drop: string }
  | { readonly dropTable: string }
  | { readonly dropKeyspace: ReadonlyArray<string> }

/** What becomes of a tablet: it goes to other places, or is repaired where it is. */
export interface TransitionBound {
  readonly base: string
  readonly lastToken: number
  readonly kind: Kind
  readonly to: ReadonlyArray<string>
}

/** What becomes of a node. */
export type MemberStep = { readonly join: string } | { readonly drain: string } | { readonly leave: string }

/** A row of a base, by its key and where that is on the ring. */
export interface RowBound {
  readonly base: string
  readonly key: string
  readonly token: number
}

/** An sstable that comes into staging at a place. */
export interface StagingBound extends RowBound {
  readonly sstable: string
  readonly at: string
}

export interface Bounds {
  /** Members of group 0 by name. */
  readonly nodes: ReadonlyArray<string>
  /** The members that have yet to join. */
  readonly joining: ReadonlyArray<string>
  readonly shards: number
  readonly tables: ReadonlyArray<TableBound>
  /** What the bases hold before anything else happens. */
  readonly rows: ReadonlyArray<RowBound>
  /** What clients write, one after the other and whenever they like. */
  readonly writes: ReadonlyArray<RowBound>
  /** What is asked of the schema layer, in this order. */
  readonly schema: ReadonlyArray<SchemaStep>
  /** How much of that is done before anything else begins. */
  readonly schemaFirst: number
  /** Transitions in the order in which they begin. */
  readonly transitions: ReadonlyArray<TransitionBound>
  /** How many of them go on at a time. */
  readonly together: number
  /** Every stage of a transition, or those alone in which something happens to views. */
  readonly stages: "all" | "few"
  /** Tables that get twice as many tablets, or half as many, in this order. */
  readonly resizes: ReadonlyArray<{ readonly base: string; readonly how: "split" | "merge" }>
  readonly members: ReadonlyArray<MemberStep>
  readonly staging: ReadonlyArray<StagingBound>
  /** Who works on shards: plain workers, who do the least that coordinators need, or workers as they are. */
  readonly workers: "plain" | "asTheyAre"
  /** How nodes of such workers follow group 0: later, so that any may be behind, or at once. */
  readonly follows: "later" | "atOnce"
  /** Whether not every node knows of the least id yet, until that feature is enabled. */
  readonly upgrades: boolean
  /** Whether nodes note which views are built. */
  readonly notes: boolean
  readonly failovers: number
  /** Nodes that may restart at any moment. */
  readonly restarts: number
  /** Nodes that may go down, be noticed, and come back. */
  readonly downs: number
  /** Calls that may be lost, or their answers, or nothing but the connection under them. */
  readonly breaks: number
  /** Attempts that may fail, for a replica of a view cannot be reached. */
  readonly failures: number
  /** Streams that may fail, so that their transition goes back. */
  readonly streamFailures: number
  /** Staging sstables that may be written anew, as they were, under another name. */
  readonly rewrites: number
  /** How often the view update generator stops in the middle of something. */
  readonly stops: number
  /** Commits of a coordinator that may come to nothing, for time has run out. */
  readonly timeouts: number
  /** Assumptions that are switched off, by id. */
  readonly without: ReadonlyArray<string>
}

/** One node with one shard, one tablet, one view, and nothing that goes wrong. */
export const small: Bounds = {
  nodes: ["A"],
  joining: [],
  shards: 1,
  tables: [{ base: "t", tablets: [{ lastToken: 8, at: ["A.0"] }] }],
  rows: [{ base: "t", key: "k", token: 2 }],
  writes: [],
  schema: [{ create: "v", of: "t" }],
  schemaFirst: 0,
  transitions: [],
  together: 1,
  stages: "few",
  resizes: [],
  members: [],
  staging: [],
  workers: "plain",
  follows: "atOnce",
  upgrades: false,
  notes: false,
  failovers: 0,
  restarts: 0,
  downs: 0,
  breaks: 0,
  failures: 0,
  streamFailures: 0,
  rewrites: 0,
  stops: 0,
  timeouts: 0,
  without: []
}

const known = Array.from({ length: 11 }, (_, k) => `VB-F${k + 1}`)

/** The same bounds with assumptions switched off. Throws `UnknownOverride` for an id that is none. */
export const assuming = (bounds: Bounds, without: ReadonlyArray<string>): Bounds => {
  const ids = without.map((id) => (id.startsWith("VB-") ? id : `VB-${id}`))
  const stranger = ids.find((id) => !known.includes(id))
  if (stranger !== undefined)
    throw new UnknownOverride(`view-building has no assumption "${stranger}"; it has ${known.join(", ")}`)
  return { ...bounds, without: [...bounds.without, ...ids] }
}

/** Whether a rule has to fire in the end: what an assumption promises is fair until the assumption is switched off. */
export const trusting = ({ without }: Bounds, assumption: string): Fairness =>
  without.includes(`VB-${assumption}`) ? "none" : "weak"

/** Whether tablets are repaired over and over (F4). Other transitions would not find their tablet where they found it before. */
export const isEndless = ({ without, transitions }: Bounds): boolean =>
  without.includes("VB-F4") && transitions.every(({ kind }) => kind === "repair")
