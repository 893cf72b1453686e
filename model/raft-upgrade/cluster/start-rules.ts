/** How nodes begin, fall, and set out for group 0. Source: dossier `raft-upgrade.md` 2.1, 2.11. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { Configuration } from "../../../spec/raft-upgrade/messages.ts"
import { post, recovery, stateOf, type UpgradeState } from "../../../spec/raft-upgrade/states.ts"
import { type Write, write } from "../../kernel/cell.ts"
import type { Firing, Rule } from "../../kernel/system.ts"
import { serving } from "./bootstrap-rules.ts"
import { isTrusted, trusting } from "./bounds.ts"
import type { Disk, NodeCells } from "./cells.ts"
import { afterDryRun } from "./fiber.ts"
import { type Firings, isFrail, isOutside, knownConfiguration, on, peersOf, type Setting } from "./setting.ts"

export const startRules = (setting: Setting): ReadonlyArray<Rule<RaftUpgradeLabel>> =>
  setting.cells.nodes.flatMap((node) => [
    begins(setting, node),
    ...(node.isNew ? [] : [seesFeature(setting, node)]),
    ...(setting.bounds.falls > 0 && isFrail(setting, node) ? [ends(setting, node, "falls")] : []),
    ...(setting.bounds.deaths > 0 && isFrail(setting, node) ? [ends(setting, node, "dies")] : [])
  ])

/** A node begins with what is on its disk: the server of its group first, and then the way on to where it was going. */
const begins = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells } = setting
  return on(
    `${node.name} begins`,
    {
      actor: node.name,
      fair: trusting(bounds, "A8"),
      reads: [node.life, node.disk, node.schema, node.raft, cells.groups]
    },
    (life, disk, schema, raft, groups): Firings => {
      if (bounds.opening !== "each" && life.is === "notBegun") return []
      if (isOutside(node, life) || (life.is !== "notBegun" && life.is !== "down")) return []
      const state = stateOf(disk.state)
      const server = disk.group === null || state === recovery ? null : raft
      const sets =
        server !== null && lacksVote(setting, node, state, knownConfiguration(groups, server))
          ? { labels: [], writes: [write(node.fiber, { at: "voting" })] }
          : life.sawFeature
            ? settingOut(setting, node, state, disk)
            : { labels: [], writes: [] }
      return [
        {
          labels: [
            {
              _tag: "Booted",
              node: node.name,
              state,
              found: { ...disk, server: life.is === "notBegun" ? null : node.server, discovery: [], schema }
            },
            ...(life.is === "notBegun"
              ? [{ _tag: "ServerStored" as const, node: node.name, server: node.server }]
              : []),
            ...serving(node, server, groups),
            { _tag: "BecameNormal", node: node.name, fresh: false },
            { _tag: "PeersKnown", node: node.name, peers: peersOf(setting, node).map(({ name }) => name) },
            ...sets.labels
          ],
          writes: [
            write(node.life, { ...life, is: "up", state }),
            ...(disk.group === null && raft !== null ? [write(node.raft, null)] : []),
            ...sets.writes
          ]
        }
      ]
    }
  )
}

/** Whether a node has no vote in its group, as far as it knows. One that has not arrived goes by its state nevertheless. */
const lacksVote = ({ variant }: Setting, node: NodeCells, state: UpgradeState, configuration: Configuration): boolean =>
  (state === post || variant.withoutVote === "becomesVoter") &&
  !configuration.members.some((member) => member.node === node.name && member.voter)

/** The feature is seen once every node of the ring tells of it, and from then on always. */
const seesFeature = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const others = peersOf(setting, node)
  return on(
    `${node.name} sees the feature`,
    {
      actor: node.name,
      fair: trusting(setting.bounds, "A9"),
      reads: [node.life, node.disk, ...others.map(({ life }) => life)]
    },
    (life, disk, ...lives): Firings => {
      if (life.is !== "up" || life.sawFeature || lives.some(({ is }) => is !== "up")) return []
      const sets = settingOut(setting, node, life.state, disk)
      return [
        {
          labels: [{ _tag: "FeatureSeen", node: node.name }, ...sets.labels],
          writes: [write(node.life, { ...life, sawFeature: true }), ...sets.writes]
        }
      ]
    }
  )
}

const settingOut = (
  { variant }: Setting,
  node: NodeCells,
  state: UpgradeState,
  disk: Disk
): Firing<RaftUpgradeLabel> => {
  if (state === post || state === recovery) return { labels: [], writes: [] }
  const began: RaftUpgradeLabel = { _tag: "FiberBegan", node: node.name, from: state }
  if (variant.dryRun === "asked")
    return { labels: [began], writes: [write(node.fiber, { at: "dryRunOnPeers", heard: [] })] }
  const next = afterDryRun(node, disk)
  return { labels: [began, ...next.labels], writes: next.writes }
}

/** A node ends, and with it whatever is not on its disk. What it has sent arrives no more, or may. */
const ends = (setting: Setting, node: NodeCells, how: "falls" | "dies"): Rule<RaftUpgradeLabel> => {
  const { bounds, cells } = setting
  const left = how === "falls" ? cells.mayFall : cells.mayDie
  return on(
    `${node.name} ${how}`,
    { actor: "fault", fair: "none", reads: [node.life, node.disk, node.raft, cells.pushes, left] },
    (life, disk, raft, pushes, times): Firings => {
      if (life.is !== "up" || times === 0) return []
      const isLost = isTrusted(bounds, "A7")
      const sent = pushes.map(({ from }, at) => ({ from, at })).filter(({ from }) => isLost && from === node.name)
      const writes: ReadonlyArray<Write> = [
        write(node.life, { ...life, is: how === "falls" ? "down" : "dead" }),
        write(node.fiber, null),
        write(node.change, null),
        write(left, "spend"),
        ...(raft !== null && raft.group !== disk.group ? [write(node.raft, null)] : []),
        // Its rows are there when it comes back.
        ...(raft !== null && raft.group !== disk.group && how === "falls" ? [write(node.rows, raft)] : []),
        ...sent.toReversed().map(({ at }) => write(cells.pushes, { remove: at }))
      ]
      const stopped: RaftUpgradeLabel = { _tag: "Stopped", node: node.name }
      // Nobody misses a node that was never on the ring.
      const isMissed = how === "dies" && !isOutside(node, life)
      return [{ labels: isMissed ? [stopped, { _tag: "DeclaredLost", node: node.name }] : [stopped], writes }]
    }
  )
}
