/** Where a node may fall, by the rows of the restart matrix. Source: dossier `raft-upgrade.md` 2.11. */
import { post, synchronize } from "../../../spec/raft-upgrade/states.ts"
import type { Disk, Fiber, Life, NodeCells } from "./cells.ts"
import { isOutside } from "./setting.ts"

/** What a node has reached when it falls. */
export interface Reached {
  readonly node: NodeCells
  readonly life: Life
  readonly disk: Disk
  readonly fiber: Fiber | null
  /** It is in a group by the will of a majority, whether it knows or not. */
  readonly isMember: boolean
}

export interface Place {
  readonly row: string
  holds(reached: Reached): boolean
}

const at =
  (...steps: ReadonlyArray<Fiber["at"]>) =>
  ({ fiber }: Reached): boolean =>
    fiber !== null && steps.includes(fiber.at)

const isNew = ({ node, life }: Reached): boolean => isOutside(node, life)

/** On its way into a group: one that it makes itself, or another's. */
const enters = (reached: Reached, isCreator: boolean): boolean => {
  const { node, fiber } = reached
  if (fiber?.at === "found" || fiber?.at === "storage") return (fiber.via === null) === isCreator
  if (fiber?.at === "joining") return !isCreator
  // Whoever has the smallest server of the ring is who makes the group.
  return fiber?.at === "joined" && (node.server === 1) === isCreator
}

const locksFor = ({ fiber }: Reached, state: string): boolean => fiber?.at === "locking" && fiber.to === state

const wrote = ({ fiber }: Reached, state: string): boolean => fiber?.at === "stored" && fiber.to === state

/** Every place, in the order of a node's way. A node is at one of them. */
export const places: ReadonlyArray<Place> = [
  ...[
    { row: "before it sets out", holds: (reached: Reached) => reached.fiber === null && reached.life.state !== post },
    { row: "U1", holds: at("dryRunOnPeers") },
    { row: "U2, in discovery", holds: (reached: Reached) => at("looking")(reached) && !reached.isMember },
    { row: "U2, creator before it stores the group", holds: (reached: Reached) => enters(reached, true) },
    {
      row: "U2, joiner before it is added",
      holds: (reached: Reached) => enters(reached, false) && !reached.isMember
    },
    {
      row: "U2, joiner added, group not stored",
      holds: (reached: Reached) => (enters(reached, false) || at("looking")(reached)) && reached.isMember
    },
    { row: "U2, group stored, nobody told", holds: at("named") },
    { row: "U3", holds: at("allJoined") },
    { row: "U4", holds: at("firstSync", "firstPull") },
    { row: "U5", holds: at("dryRunOnMembers") },
    { row: "U6, before it is on disk", holds: (reached: Reached) => locksFor(reached, synchronize) },
    { row: "U6, on disk, not in memory", holds: (reached: Reached) => wrote(reached, synchronize) },
    { row: "U7", holds: at("allSynchronize") },
    { row: "U8", holds: at("secondSync", "secondPull") },
    { row: "U9, before it is on disk", holds: (reached: Reached) => locksFor(reached, post) },
    { row: "U9, on disk, not in memory", holds: (reached: Reached) => wrote(reached, post) },
    { row: "after U9", holds: (reached: Reached) => reached.fiber === null && reached.life.state === post }
  ].map(({ row, holds }) => ({
    row,
    holds: (reached: Reached) => !isNew(reached) && !at("voting")(reached) && holds(reached)
  })),
  ...[
    {
      row: "B1, before it is added",
      holds: (reached: Reached) => at("looking", "found", "storage", "joining")(reached) && !reached.isMember
    },
    {
      row: "B1, added, group not stored",
      holds: (reached: Reached) => at("looking", "found", "storage", "joining", "joined")(reached) && reached.isMember
    },
    { row: "after B1", holds: (reached: Reached) => at("named")(reached) || locksFor(reached, synchronize) },
    { row: "B2, on disk, not in memory", holds: (reached: Reached) => wrote(reached, synchronize) },
    { row: "after B2", holds: at("readBarrier") },
    {
      row: "after B3",
      holds: (reached: Reached) => at("allSynchronize", "secondSync", "secondPull")(reached) || locksFor(reached, post)
    },
    { row: "B6, on disk, not in memory", holds: (reached: Reached) => wrote(reached, post) },
    { row: "after B6", holds: at("entering") }
  ].map(({ row, holds }) => ({ row, holds: (reached: Reached) => isNew(reached) && holds(reached) })),
  { row: "before B7", holds: (reached) => !isNew(reached) && at("voting")(reached) }
]
