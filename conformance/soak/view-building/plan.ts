/**
 * What a round does: drawn from a seed and the number of the round, and from nothing else.
 *
 * The seed fixes what is asked for, of whom, and where somebody is stopped, failed or killed. It does not fix when: processes of
 * an operating system have their own time. So a plan names places in the protocol, by the names of the injections, and no moments.
 */
import { type Chance, chance } from "../../../model/explorer/random.ts"
import { NodeId, type Replica, ShardId } from "../../../spec/metadata.ts"
import { TableId, Token, ViewId } from "../../../spec/view-building/ids.ts"
import type { InjectionName } from "../../adapters/view-building-processes.ts"

export const nodes: ReadonlyArray<NodeId> = ["A", "B", "C"].map((name) => NodeId.make(name))
export const shards = 2

/** Keys, each with its token: three in each of the first tablets. */
export const keys: ReadonlyMap<string, Token> = new Map(
  [2, 5, 8, 10, 13, 16].map((token) => [`k${token}`, Token.make(token)])
)
const lastTokens = [8, 16].map((token) => Token.make(token))

/** Every place where a replica could be. */
export const everywhere: ReadonlyArray<Replica> = nodes.flatMap((node) =>
  Array.from({ length: shards }, (_, shard) => ({ node, shard: ShardId.make(shard) }))
)

/** What one client asks for next, after a short rest. */
export interface ClientStep {
  readonly what: "write" | "delete"
  readonly via: NodeId
  readonly key: string
  readonly restMs: number
}

/** What the operator orders. Numbers name tablets, replicas and free places as they are then. */
export type Order =
  | { readonly _tag: "CreateView"; readonly view: ViewId }
  | { readonly _tag: "DropView"; readonly which: number }
  /** A migration to another node, or to another shard. */
  | { readonly _tag: "Move"; readonly tablet: number; readonly from: number; readonly to: number }
  /** One replica more, or one less where there are two. */
  | { readonly _tag: "Replicate"; readonly tablet: number; readonly to: number }
  | { readonly _tag: "Resize"; readonly how: "split" | "merge" }
  /** Rows from elsewhere, such as a repair's, for every replica. */
  | { readonly _tag: "Load"; readonly rows: ReadonlyArray<Omit<ClientStep, "via" | "restMs">> }
  | { readonly _tag: "Truncate" }
  | { readonly _tag: "Nothing" }

/** What is done to the cluster. `here` is the node that came to the place of the trouble first, `leader` whoever leads group 0 then. */
export type Deed =
  | { readonly _tag: "Kill"; readonly who: NodeId | "here" | "leader" }
  | { readonly _tag: "KillGroup0" }
  | { readonly _tag: "Elect"; readonly who: NodeId }
  | { readonly _tag: "CutOff"; readonly who: NodeId }
  /** Makes the coordinator take migrations back. */
  | { readonly _tag: "RollBack" }

export interface Trouble {
  /** Where it happens. */
  readonly place: InjectionName
  readonly deeds: ReadonlyArray<Deed>
}

export interface Act {
  readonly order: Order
  readonly trouble: Trouble | null
  readonly clients: ReadonlyArray<ReadonlyArray<ClientStep>>
}

export interface Plan {
  readonly round: number
  readonly base: TableId
  /** Where each tablet is at first. */
  readonly tablets: ReadonlyArray<{ readonly lastToken: Token; readonly replicas: ReadonlyArray<Replica> }>
  readonly acts: ReadonlyArray<Act>
}

export const baseOf = (round: number): TableId => TableId.make(`t${round}`)

/** Where somebody may be stopped while views are built. */
const building: ReadonlyArray<InjectionName> = [
  "view_building_worker_pause_build_range_task",
  "view_building_worker_pause_build_range_task",
  "view_building_worker_pause_after_flush_before_recording_flushed_views",
  "view_building_worker_pause_state_observer",
  "view_building_coordinator_pause_main_loop",
  "view_building_coordinator_wait_before_await_event",
  "view_building_coordinator_wait_before_await_event_after_starting_tasks",
  "group0_state_machine::delay_apply",
  "do_build_range_fail",
  "view_building_failure"
]
/** Where somebody may be stopped or fail while rows from elsewhere come and are processed. */
const staging: ReadonlyArray<InjectionName> = [
  "view_building_worker_pause_before_starting_staging_registrator",
  "view_update_generator_pause_before_processing",
  "view_update_generator_pause_before_processing",
  "view_update_generator_consume_staging_sstable",
  "view_building_worker_pause_state_observer"
]
/** Where somebody may be stopped or fail while a tablet moves. */
const moving: ReadonlyArray<InjectionName> = [
  "stream_tablet_wait",
  "stream_tablet_fail",
  "cleanup_tablet_wait",
  "handle_tablet_migration_end_migration",
  "view_building_worker_pause_build_range_task",
  "group0_state_machine::delay_apply"
]

export const planOf = (seed: number, round: number): Plan => {
  const draw = chance(seed, round)
  const one = <A>(all: ReadonlyArray<A>): A => all[draw(all.length)]!
  const tablets = lastTokens.map((lastToken) => ({ lastToken, replicas: placesOf(draw) }))
  const acts = Array.from({ length: 2 + draw(2) }, (_, k) => {
    const order: Order = k === 0 ? { _tag: "CreateView", view: viewOf(round, k) } : orderOf(draw, one, round, k)
    return {
      order,
      trouble: draw(4) === 0 || order._tag === "Truncate" ? null : troubleOf(draw, one, order),
      clients:
        order._tag === "Truncate"
          ? []
          : Array.from({ length: 2 }, () => Array.from({ length: 1 + draw(4) }, () => clientStep(draw, one)))
    }
  })
  return { round, base: baseOf(round), tablets, acts }
}

type One = <A>(all: ReadonlyArray<A>) => A

/** A name of its own for every view, as upstream every one has an id that no other has had. */
const viewOf = (round: number, act: number): ViewId => ViewId.make(`v${round}-${act}`)

/** One replica or two, on nodes that are not the same. */
const placesOf = (draw: Chance): ReadonlyArray<Replica> => {
  const first = draw(nodes.length)
  return Array.from({ length: 1 + draw(2) }, (_, k) => ({
    node: nodes[(first + k) % nodes.length]!,
    shard: ShardId.make(draw(shards))
  }))
}

const orderOf = (draw: Chance, one: One, round: number, act: number): Order => {
  const lot = draw(20)
  if (lot < 4) return { _tag: "CreateView", view: viewOf(round, act) }
  if (lot < 5) return { _tag: "DropView", which: draw(6) }
  if (lot < 10) return { _tag: "Move", tablet: draw(60), from: draw(60), to: draw(60) }
  if (lot < 11) return { _tag: "Replicate", tablet: draw(60), to: draw(60) }
  if (lot < 13) return { _tag: "Resize", how: one(["split", "split", "merge"] as const) }
  if (lot < 18) return { _tag: "Load", rows: Array.from({ length: 1 + draw(3) }, () => step(draw, one)) }
  return lot < 19 ? { _tag: "Truncate" } : { _tag: "Nothing" }
}

const step = (draw: Chance, one: One): Omit<ClientStep, "via" | "restMs"> => ({
  what: draw(4) === 0 ? "delete" : "write",
  key: one([...keys.keys()])
})

const clientStep = (draw: Chance, one: One): ClientStep => ({
  ...step(draw, one),
  via: one(nodes),
  restMs: draw(40)
})

const troubleOf = (draw: Chance, one: One, { _tag }: Order): Trouble => {
  const isTablet = _tag === "Move" || _tag === "Replicate"
  const place = one(isTablet ? moving : _tag === "Load" ? staging : building)
  const deeds = Array.from({ length: draw(6) === 0 ? 2 : 1 }, () => deedOf(draw, one, isTablet))
  return { place, deeds }
}

const deedOf = (draw: Chance, one: One, isTablet: boolean): Deed => {
  const lot = draw(20)
  if (isTablet && lot < 5) return { _tag: "RollBack" }
  if (lot < 6) return { _tag: "Kill", who: "here" }
  if (lot < 10) return { _tag: "Kill", who: "leader" }
  if (lot < 12) return { _tag: "Kill", who: one(nodes) }
  if (lot < 13) return { _tag: "KillGroup0" }
  return lot < 18 ? { _tag: "Elect", who: one(nodes) } : { _tag: "CutOff", who: one(nodes) }
}
