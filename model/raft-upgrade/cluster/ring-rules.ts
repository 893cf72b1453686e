/** How a node leaves, or takes out one that is dead: its vote, the ring, and the group. Source: dossier `raft-upgrade.md` 2.10. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { post, recovery } from "../../../spec/raft-upgrade/states.ts"
import { write } from "../../kernel/cell.ts"
import type { Firing, Rule } from "../../kernel/system.ts"
import { isTrusted, trusting } from "./bounds.ts"
import type { Disk, Life, NodeCells, Push, Task, UpgradeCells } from "./cells.ts"
import type { Order } from "./orders.ts"
import { reconfigurationRules } from "./reconfiguration-rules.ts"
import type { Ring, Rings } from "./ring.ts"
import { type Firings, on, type Setting } from "./setting.ts"
import type { UpgradeVariant } from "./variant.ts"

export const ringRules = (setting: Setting): ReadonlyArray<Rule<RaftUpgradeLabel>> => {
  const { cells, bounds } = setting
  const working = cells.nodes.filter(({ name }) => bounds.orders.some((order) => isFor(order, name)))
  return working.length === 0
    ? []
    : [
        ...working.flatMap((node) => [sets(setting, node), takesOff(setting, node)]),
        ...reconfigurationRules(setting, working)
      ]
}

const isFor = (order: Order, name: string): boolean =>
  order.does === "removes" ? order.by === name : order.does === "decommissions" && order.on === name

/** What is read to take a node off the ring, and of whom: everybody. */
const ringReads = ({ nodes, rings, pushes }: UpgradeCells) =>
  [rings, pushes, ...nodes.map(({ life }) => life), ...nodes.map(({ disk }) => disk)] as const

interface Seen {
  readonly name: NodeId
  readonly life: Life
  readonly disk: Disk
}

/** What was read of each node. */
const seenOf = ({ nodes }: UpgradeCells, values: ReadonlyArray<Life | Disk>): ReadonlyArray<Seen> =>
  nodes.flatMap(({ name }, at) => {
    const [life, disk] = [values[at], values[at + nodes.length]]
    return life !== undefined && "is" in life && disk !== undefined && "group" in disk ? [{ name, life, disk }] : []
  })

const sets = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells, variant } = setting
  return on(
    `${node.name} sets about taking one off the ring`,
    { actor: node.name, fair: trusting(bounds, "A9"), reads: [node.task, node.ring, ...ringReads(cells)] },
    (task, ring, rings, pushes, ...values): Firings => {
      if (task?.step !== "begins") return []
      const all = seenOf(cells, values)
      const needs = neededBy(variant, node.name, ring, task, all)
      if (needs === "toWait") return []
      if (needs === "ringAlone") return [off(setting, node, task, null, rings, pushes, all)]
      return variant.removal === "afterRing"
        ? [off(setting, node, task, { ...task, step: "takesOut" }, rings, pushes, all)]
        : [{ labels: [], writes: [write(node.task, { ...task, step: "takesVote" })] }]
    }
  )
}

/**
 * Before anybody on the ring has begun to look for the group only the ring is concerned, and so it is for a node in recovery.
 * After that a node waits until it has arrived.
 */
const neededBy = (
  { removal }: UpgradeVariant,
  self: NodeId,
  { peers }: Ring,
  { of }: Task,
  all: ReadonlyArray<Seen>
): "ringAlone" | "toWait" | "all" => {
  const own = all.find(({ name }) => name === self)
  if (own === undefined || own.life.state === recovery) return "ringAlone"
  const whole = own.life.state === post ? "all" : "toWait"
  switch (removal) {
    case "never":
      return own.disk.group === null ? "ringAlone" : "all"
    case "onceInGroup":
      return own.disk.group === null ? "ringAlone" : whole
    case "onceFeatureSeen":
      return own.life.sawFeature ? whole : "ringAlone"
    case "afterRing":
      return own.life.sawFeature ? "all" : "ringAlone"
    case "onceAnybodyLooks": {
      const asked = all.filter(({ name }) => name !== of && (name === self || peers.includes(name)))
      if (asked.some(({ disk }) => disk.discovery.length > 0 || disk.group !== null)) return whole
      return asked.every(({ life }) => life.is === "up") ? "ringAlone" : "toWait"
    }
  }
}

/** The vote is taken: now the node goes off the ring. */
const takesOff = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells } = setting
  return on(
    `${node.name} takes one off the ring`,
    { actor: node.name, fair: trusting(bounds, "A9"), reads: [node.task, ...ringReads(cells)] },
    (task, rings, pushes, ...values): Firings =>
      task?.step === "takesOff"
        ? [off(setting, node, task, { ...task, step: "takesOut" }, rings, pushes, seenOf(cells, values))]
        : []
  )
}

/** A node is off the ring for all others, and what it has sent arrives no more (A7). */
const off = (
  { bounds, cells, variant }: Setting,
  node: NodeCells,
  { of, purpose }: Task,
  next: Task | null,
  rings: Rings,
  pushes: ReadonlyArray<Push>,
  all: ReadonlyArray<Seen>
): Firing<RaftUpgradeLabel> => {
  const op = { node: of, is: purpose === "leave" ? "leaving" : "takenOff" } as const
  const after = cells.rings.apply(rings, op)
  const others = all.filter(({ name, life }) => name !== of && life.is === "up")
  const isLost = isTrusted(bounds, "A7")
  const sent = pushes.map(({ from }, at) => ({ from, at })).filter(({ from }) => isLost && from === of)
  return {
    labels: [
      { _tag: "LeftRing", node: of, by: node.name },
      ...others.map(
        ({ name }): RaftUpgradeLabel => ({ _tag: "PeersKnown", node: name, peers: after[name]?.peers ?? [] })
      )
    ],
    writes: [
      write(cells.rings, op),
      write(node.task, next),
      ...(purpose === "leave" && next === null && variant.afterLeaving === "staysAway"
        ? [write(node.fiber, null)]
        : []),
      ...sent.toReversed().map(({ at }) => write(cells.pushes, { remove: at }))
    ]
  }
}
