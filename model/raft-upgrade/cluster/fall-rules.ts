/** How nodes fall, and die. Source: dossier `raft-upgrade.md` 2.11, 2.15. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { post, synchronize } from "../../../spec/raft-upgrade/states.ts"
import { type Write, write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import { isTrusted } from "./bounds.ts"
import type { Disk, LateRequest, Life, NodeCells, Push, Server } from "./cells.ts"
import { type Place, places } from "./restart-rows.ts"
import { type Firings, isFrail, isOutside, on, type Setting } from "./setting.ts"
import { ending } from "./start-rules.ts"

export const fallRules = (setting: Setting): ReadonlyArray<Rule<RaftUpgradeLabel>> => {
  const { bounds, cells } = setting
  return cells.nodes
    .filter((node) => isFrail(setting, node))
    .flatMap((node) => [
      ...(bounds.falls > 0 && bounds.fallsBy === "node" ? [falls(setting, node)] : []),
      ...(bounds.falls > 0 && bounds.fallsBy === "row" ? places.map((place) => fallsAt(setting, node, place)) : []),
      ...(bounds.deaths > 0 ? [dies(setting, node)] : [])
    ])
}

const falls = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { cells } = setting
  return on(
    `${node.name} falls`,
    {
      actor: "fault",
      fair: "none",
      reads: [node.life, node.disk, node.raft, cells.pushes, cells.requests, cells.mayFall]
    },
    (...found): Firings => fallen(setting, node, ...found)
  )
}

/** The same, by the place where the node is. What it reads besides is what the matrix tells of its disk. */
const fallsAt = (setting: Setting, node: NodeCells, place: Place): Rule<RaftUpgradeLabel> => {
  const { cells } = setting
  return on(
    `${node.name} falls: ${place.row}`,
    {
      actor: "fault",
      fair: "none",
      reads: [
        node.life,
        node.disk,
        node.raft,
        cells.pushes,
        cells.requests,
        cells.mayFall,
        node.fiber,
        cells.groups,
        node.rows
      ]
    },
    (life, disk, raft, pushes, requests, left, fiber, groups): Firings => {
      const isMember = groups.some(({ configurations }) =>
        configurations.at(-1)?.members.some((member) => member.node === node.name)
      )
      return place.holds({ node, life, disk, fiber, isMember })
        ? fallen(setting, node, life, disk, raft, pushes, requests, left)
        : []
    }
  )
}

/** A node ends, and with it whatever is not on its disk. What it has sent arrives no more, or may. */
const fallen = (
  setting: Setting,
  node: NodeCells,
  life: Life,
  disk: Disk,
  raft: Server | null,
  pushes: ReadonlyArray<Push>,
  requests: ReadonlyArray<LateRequest>,
  left: number
): Firings => {
  const { cells, variant } = setting
  if (life.is !== "up" || left === 0) return []
  const stopped: RaftUpgradeLabel = { _tag: "Stopped", node: node.name }
  const down: Life = { ...life, is: "down" }
  const writes = (found: Disk): ReadonlyArray<Write> => [
    write(cells.mayFall, "spend"),
    ...ending(setting, node, down, found, raft, pushes),
    ...unsent(setting, node, requests)
  ]
  return [
    { labels: [stopped], writes: writes(disk) },
    ...(variant.keys === "durable" ? [] : forgotten(disk)).map((found) => ({
      labels: [stopped],
      writes: [write(node.disk, found), ...writes(found)]
    }))
  ]
}

/** What it has asked for, where that is trusted to be effective no more. */
const unsent = (
  { bounds, cells }: Setting,
  node: NodeCells,
  requests: ReadonlyArray<LateRequest>
): ReadonlyArray<Write> =>
  isTrusted(bounds, "A7")
    ? requests
        .flatMap((request, at) => (request.node === node.name ? [at] : []))
        .toReversed()
        .map((at) => write(cells.requests, { remove: at }))
    : []

/** Row 56: what a disk may say that has not taken yet what was written last. */
const forgotten = (disk: Disk): ReadonlyArray<Disk> => {
  if (disk.state === post) return [{ ...disk, state: synchronize }]
  if (disk.state === synchronize) return [{ ...disk, state: null }]
  return disk.group === null ? [] : [{ ...disk, group: null }]
}

const dies = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { cells } = setting
  return on(
    `${node.name} dies`,
    {
      actor: "fault",
      fair: "none",
      reads: [node.life, node.disk, node.raft, cells.pushes, cells.requests, cells.mayDie]
    },
    (life, disk, raft, pushes, requests, left): Firings => {
      if (life.is !== "up" || left === 0) return []
      const stopped: RaftUpgradeLabel = { _tag: "Stopped", node: node.name }
      // Nobody misses a node that was never on the ring.
      const isMissed = !isOutside(node, life)
      return [
        {
          labels: isMissed ? [stopped, { _tag: "DeclaredLost", node: node.name }] : [stopped],
          writes: [
            write(cells.mayDie, "spend"),
            ...ending(setting, node, { ...life, is: "dead" }, disk, raft, pushes),
            ...unsent(setting, node, requests)
          ]
        }
      ]
    }
  )
}
