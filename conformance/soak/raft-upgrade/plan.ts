/** What happens in a round, drawn from its seed: a rolling restart that switches group 0 on, trouble on the way, and an ending. */
import { type Chance, chance } from "../../../model/explorer/random.ts"
import { NodeId } from "../../../spec/metadata.ts"
import type { InjectionName } from "../../adapters/raft-upgrade-processes.ts"

export const nodes = ["A", "B", "C"].map((node) => NodeId.make(node))
/** The one that comes in the end, or not. */
export const late = NodeId.make("D")

/** Where a node of the old cluster may be stopped on its way. */
const onTheWay: ReadonlyArray<InjectionName> = [
  "group0_upgrade_pause_before_dry_run",
  "group0_upgrade_pause_before_discovery",
  "group0_upgrade_pause_after_discovery",
  "group0_upgrade_pause_after_storage",
  "group0_upgrade_pause_after_server",
  "group0_upgrade_pause_after_added",
  "group0_upgrade_pause_after_stored",
  "group0_upgrade_pause_before_synchronize",
  "group0_upgrade_pause_between_disk_and_memory",
  "group0_upgrade_pause_in_synchronize",
  "group0_upgrade_pause_before_second_sync",
  "group0_upgrade_pause_before_final",
  "schema_change_pause_before_push"
]
/** Where a new node may be stopped. */
const comingIn: ReadonlyArray<InjectionName> = [
  "group0_upgrade_pause_before_discovery",
  "group0_upgrade_pause_after_storage",
  "group0_upgrade_pause_after_server",
  "group0_upgrade_pause_after_added",
  "group0_upgrade_pause_after_stored",
  "group0_upgrade_pause_before_second_sync",
  "stop_before_joining_ring",
  "stop_before_becoming_raft_voter"
]

/** What becomes of a file of a node that is down: which one, and where in it, in thousandths. */
export interface Damage {
  readonly how: "truncated" | "torn" | "swapped" | "missing"
  readonly file: number
  readonly at: number
}

/** A node that is killed is started again. */
export interface Start {
  readonly node: NodeId
  /** Where it waits when it comes there; nowhere if null. */
  readonly place: InjectionName | null
  /** What its disk looks like at first, so that it must refuse to start. */
  readonly damage: Damage | null
}

export type Deed =
  | { readonly _tag: "Kill"; readonly start: Start }
  | { readonly _tag: "KillLeader" }
  | { readonly _tag: "Change"; readonly node: NodeId }
  /** Whoever waits somewhere on this node goes on. */
  | { readonly _tag: "GoOn"; readonly node: NodeId }

export interface Trouble {
  readonly restMs: number
  readonly deed: Deed
}

/** How a round ends. But for the last two all have arrived before. */
export type Ending =
  | { readonly _tag: "Nothing" }
  | { readonly _tag: "Add"; readonly place: InjectionName | null }
  | { readonly _tag: "Decommission"; readonly node: NodeId }
  | { readonly _tag: "Remove"; readonly node: NodeId; readonly by: NodeId }
  | { readonly _tag: "Replace"; readonly node: NodeId; readonly by: NodeId; readonly place: InjectionName | null }
  /** Two of three are lost, and the operator goes by the recipe with the one that is left. */
  | { readonly _tag: "LoseMajority"; readonly left: NodeId }
  /** One does not come to synchronize, so that the others wait there; the operator goes by the recipe with them. */
  | { readonly _tag: "Stuck"; readonly node: NodeId; readonly by: Culprit }

export type Culprit = "group0_upgrade_pause_before_synchronize" | "group0_upgrade_before_synchronize"

export interface Plan {
  readonly round: number
  /** Changes that clients make while group 0 is switched off. */
  readonly before: ReadonlyArray<NodeId>
  /** The nodes in the order in which they are restarted with group 0 switched on. */
  readonly rolling: ReadonlyArray<Start>
  readonly troubles: ReadonlyArray<Trouble>
  readonly ending: Ending
}

const mostRestMs = 120

type One = <Value>(values: ReadonlyArray<Value>) => Value

/** One ending after the other, so that a few rounds have them all. */
const endings: ReadonlyArray<(draw: Chance, one: One) => Ending> = [
  () => ({ _tag: "Nothing" }),
  (draw, one) => ({ _tag: "Add", place: placeOf(draw, one, comingIn) }),
  (_, one) => ({ _tag: "Decommission", node: one(nodes) }),
  (draw, one) => ({ _tag: "Remove", ...twoOf(draw, one) }),
  (draw, one) => ({ _tag: "Replace", ...twoOf(draw, one), place: placeOf(draw, one, comingIn) }),
  (_, one) => ({ _tag: "LoseMajority", left: one(nodes) }),
  (draw, one) => ({
    _tag: "Stuck",
    node: one(nodes),
    by: draw(2) === 0 ? "group0_upgrade_pause_before_synchronize" : "group0_upgrade_before_synchronize"
  })
]

export const planOf = (seed: number, round: number): Plan => {
  const draw = chance(seed, round)
  const one: One = (values) => values[draw(values.length)]!
  const ending = endings[round % endings.length]!(draw, one)
  const culprit = ending._tag === "Stuck" ? ending : undefined
  const start = (node: NodeId): Start => {
    const place = node === culprit?.node ? culprit.by : placeOf(draw, one, onTheWay)
    return { node, place, damage: draw(4) === 0 ? damageOf(draw, one) : null }
  }
  const free = nodes.filter((node) => node !== culprit?.node)
  const deed = (): Deed => {
    const lot = draw(10)
    if (lot === 0) return { _tag: "KillLeader" }
    if (lot < 4) return { _tag: "Change", node: one(nodes) }
    return lot < 6 ? { _tag: "GoOn", node: one(free) } : { _tag: "Kill", start: start(one(nodes)) }
  }
  return {
    round,
    before: Array.from({ length: 1 + draw(3) }, () => one(nodes)),
    rolling: shuffled(nodes, draw).map(start),
    troubles: Array.from({ length: 4 + draw(6) }, () => ({ restMs: draw(mostRestMs), deed: deed() })),
    ending
  }
}

/** Every start of a node of the old cluster with group 0 switched on. */
export const startsOf = ({ rolling, troubles }: Plan): ReadonlyArray<Start> => [
  ...rolling,
  ...troubles.flatMap(({ deed }) => (deed._tag === "Kill" ? [deed.start] : []))
]

const placeOf = (draw: Chance, one: One, places: ReadonlyArray<InjectionName>): InjectionName | null =>
  draw(3) === 0 ? null : one(places)

const twoOf = (draw: Chance, one: One): { readonly node: NodeId; readonly by: NodeId } => {
  const node = one(nodes)
  return { node, by: shuffled(nodes, draw).find((other) => other !== node)! }
}

const damageOf = (draw: Chance, one: One): Damage => ({
  how: one(["truncated", "torn", "swapped", "missing"] as const),
  file: draw(60),
  at: draw(1_000)
})

const shuffled = <Value>(values: ReadonlyArray<Value>, draw: Chance): ReadonlyArray<Value> => {
  const rest = [...values]
  return values.map(() => rest.splice(draw(rest.length), 1)[0]!)
}
