/**
 * What a round does: drawn from a seed and the number of the round, and from nothing else.
 *
 * The seed fixes what is asked for, of whom, and where somebody is stopped, failed or killed. It does not fix when: processes of
 * an operating system have their own time. So a plan names places in the protocol, by the names of the injections, and no moments.
 */
import { type Chance, chance } from "../../../model/explorer/random.ts"
import { NodeId, type Replica, ShardId, TabletId } from "../../../spec/sessions/metadata.ts"
import type { InjectionName } from "../../adapters/sessions-processes.ts"

export const nodes: ReadonlyArray<NodeId> = ["A", "B", "C"].map((name) => NodeId.make(name))
export const shards = 2
export const keys: ReadonlyArray<string> = ["k0", "k1", "k2", "k3"]

/** Every place where a replica could be. */
export const everywhere: ReadonlyArray<Replica> = nodes.flatMap((node) =>
  Array.from({ length: shards }, (_, shard) => ({ node, shard: ShardId.make(shard) }))
)

/** What one client asks for next, after a short rest. */
export interface ClientStep {
  readonly what: "write" | "delete" | "read"
  readonly via: NodeId
  readonly key: string
  readonly restMs: number
}

/** Where a tablet goes: the number of one of its replicas, and the number of a place that has none. */
export interface Move {
  readonly _tag: "Migrate"
  readonly from: number
  readonly to: number
}

/** What the operator orders. A purge repairs, and then forgets what was deleted before. */
export type Order = Move | { readonly _tag: "Repair" } | { readonly _tag: "Purge" } | { readonly _tag: "Nothing" }

/** What is done to the cluster. `here` is the node that came to the place of the trouble first. */
export type Deed =
  | { readonly _tag: "Kill"; readonly who: NodeId | "here" }
  | { readonly _tag: "KillGroup0" }
  | { readonly _tag: "KillConnections"; readonly between: readonly [NodeId, NodeId] }
  /** Leaves somebody at the place with what has come in, and nobody who waits for it. */
  | { readonly _tag: "KillConnectionsHere" }
  | { readonly _tag: "Elect"; readonly who: NodeId }
  | { readonly _tag: "CutOff"; readonly who: NodeId }
  /** Makes the coordinator lead a migration back. */
  | { readonly _tag: "RollBack" }

export interface Trouble {
  /** Where it happens; null for at once. */
  readonly place: InjectionName | null
  readonly deeds: ReadonlyArray<Deed>
  /** Whether whoever was stopped is let go only when the round is over, where the order can be carried out without them. */
  readonly late: boolean
}

export interface Act {
  readonly order: Order
  readonly trouble: Trouble | null
  readonly clients: ReadonlyArray<ReadonlyArray<ClientStep>>
}

export interface Plan {
  readonly round: number
  readonly tablet: TabletId
  /** Where the tablet is at first. */
  readonly replicas: ReadonlyArray<Replica>
  readonly acts: ReadonlyArray<Act>
}

/** Where somebody may be stopped; the places that matter most are named more than once. */
const waits: ReadonlyArray<InjectionName> = [
  "stream_mutation_fragments",
  "stream_mutation_fragments",
  "stream_consumer_wait",
  "migration_streaming_wait",
  "block_tablet_streaming",
  "stream_tablet_wait",
  "pause_before_barrier_and_drain",
  "cleanup_tablet_wait",
  "handle_tablet_migration_end_migration",
  "group0_state_machine::delay_apply",
  "replica_write_wait",
  "replica_read_wait"
]

/** Where somebody may fail. */
const fails: ReadonlyArray<InjectionName> = [
  "stream_tablet_fail",
  "raft_topology_barrier_and_drain_fail",
  "raft_topology_barrier_and_drain_fail_before",
  "cleanup_tablet_crash",
  "repair_row_level_stop_skip_cleanup",
  "handle_tablet_migration_repair_random_session"
]

export const planOf = (seed: number, round: number): Plan => {
  const draw = chance(seed, round)
  const one = <A>(all: ReadonlyArray<A>): A => all[draw(all.length)]!
  const count = 1 + draw(nodes.length)
  const first = draw(nodes.length)
  const replicas = Array.from({ length: count }, (_, k) => ({
    node: nodes[(first + k) % nodes.length]!,
    shard: ShardId.make(draw(shards))
  }))
  const acts = Array.from({ length: 2 + draw(2) }, (_, k) => ({
    order: k === 0 ? move(draw) : orderOf(draw),
    trouble: draw(4) === 0 ? null : troubleOf(draw, one),
    clients: Array.from({ length: 3 }, () => Array.from({ length: 2 + draw(4) }, () => clientStep(draw, one)))
  }))
  return { round, tablet: TabletId.make(`t${round}`), replicas, acts }
}

type One = <A>(all: ReadonlyArray<A>) => A

const move = (draw: Chance): Move => ({ _tag: "Migrate", from: draw(60), to: draw(60) })

const orderOf = (draw: Chance): Order => {
  const lot = draw(10)
  if (lot < 5) return move(draw)
  if (lot < 7) return { _tag: "Purge" }
  return lot < 9 ? { _tag: "Repair" } : { _tag: "Nothing" }
}

const clientStep = (draw: Chance, one: One): ClientStep => {
  const lot = draw(10)
  const what = lot < 5 ? "write" : lot < 7 ? "delete" : "read"
  return { what, via: one(nodes), key: one(keys), restMs: draw(30) }
}

const troubleOf = (draw: Chance, one: One): Trouble => {
  const lot = draw(10)
  if (lot < 2) return { place: one(fails), deeds: [], late: false }
  const deeds = Array.from({ length: draw(6) === 0 ? 2 : 1 }, () => deedOf(draw, one))
  if (lot < 3) return { place: null, deeds, late: false }
  const place = one(waits)
  if (place === "stream_mutation_fragments") deeds.unshift({ _tag: "KillConnectionsHere" })
  return { place, deeds, late: place === "stream_mutation_fragments" && draw(3) > 0 }
}

const deedOf = (draw: Chance, one: One): Deed => {
  const lot = draw(20)
  if (lot < 3) return { _tag: "Kill", who: "here" }
  if (lot < 5) return { _tag: "Kill", who: one(nodes) }
  if (lot < 6) return { _tag: "KillGroup0" }
  if (lot < 8) return { _tag: "RollBack" }
  if (lot < 11) return { _tag: "Elect", who: one(nodes) }
  if (lot < 13) return { _tag: "CutOff", who: one(nodes) }
  const at = draw(nodes.length)
  return { _tag: "KillConnections", between: [nodes[at]!, nodes[(at + 1 + draw(2)) % nodes.length]!] }
}
