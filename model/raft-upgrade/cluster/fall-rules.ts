/** How nodes fall, and die. Source: dossier `raft-upgrade.md` 2.11, 2.15. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { post, synchronize } from "../../../spec/raft-upgrade/states.ts"
import { type Write, write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import { isTrusted } from "./bounds.ts"
import type { Disk, LateRequest, Life, NodeCells, Push, Server } from "./cells.ts"
import { type Place, places } from "./restart-rows.ts"
import { type Firings, isFrail, isOutside, on, type Setting } from "./setting.ts"
import { leaving } from "./stop-rules.ts"

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

/** The same, by the place where the node is. */
const fallsAt = (setting: Setting, node: NodeCells, place: Place): Rule<RaftUpgradeLabel> => {
  const { cells } = setting
  return on(
    `${node.name} falls: ${place.row}`,
    {
      actor: "fault",
      fair: "none",
      reads: [node.life, node.disk, node.raft, cells.pushes, cells.requests, cells.mayFall, node.fiber, cells.groups]
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
  const writes: ReadonlyArray<Write> = [
    write(node.life, { ...life, is: "down" }),
    write(node.change, null),
    write(cells.mayFall, "spend"),
    ...unsent(setting, node, pushes, requests)
  ]
  return [
    { labels: [stopped], writes: [...writes, ...leaving(node, raft, disk)] },
    ...(variant.keys === "durable" ? [] : forgotten(disk)).map((found) => ({
      labels: [stopped],
      writes: [...writes, write(node.disk, found), ...leaving(node, raft, found)]
    }))
  ]
}

/** What it has sent, where that is trusted to arrive no more. */
const unsent = (
  { bounds, cells }: Setting,
  node: NodeCells,
  pushes: ReadonlyArray<Push>,
  requests: ReadonlyArray<LateRequest>
): ReadonlyArray<Write> => {
  if (!isTrusted(bounds, "A7")) return []
  const pushed = pushes.flatMap(({ from }, at) => (from === node.name ? [at] : []))
  const asked = requests.flatMap((request, at) => (request.node === node.name ? [at] : []))
  return [
    ...pushed.toReversed().map((at) => write(cells.pushes, { remove: at })),
    ...asked.toReversed().map((at) => write(cells.requests, { remove: at }))
  ]
}

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
            write(node.life, { ...life, is: "dead" }),
            write(node.fiber, null),
            write(node.change, null),
            write(cells.mayDie, "spend"),
            ...(raft !== null && raft.group !== disk.group ? [write(node.raft, null)] : []),
            ...unsent(setting, node, pushes, requests)
          ]
        }
      ]
    }
  )
}
