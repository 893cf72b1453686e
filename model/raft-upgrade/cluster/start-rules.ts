/** How nodes begin, fall, and set out for group 0. Source: dossier `raft-upgrade.md` 2.1, 2.11. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { Configuration, SchemaSet } from "../../../spec/raft-upgrade/messages.ts"
import { post, pre, recovery, stateOf, type UpgradeState } from "../../../spec/raft-upgrade/states.ts"
import { write } from "../../kernel/cell.ts"
import type { Firing, Rule } from "../../kernel/system.ts"
import { serving } from "./bootstrap-rules.ts"
import { trusting } from "./bounds.ts"
import type { Disk, Life, NodeCells } from "./cells.ts"
import { afterDryRun } from "./fiber.ts"
import { type Firings, isOutside, knownConfiguration, on, peersOf, type Setting } from "./setting.ts"
import type { UpgradeVariant } from "./variant.ts"

export const startRules = (setting: Setting): ReadonlyArray<Rule<RaftUpgradeLabel>> =>
  setting.cells.nodes.flatMap((node) => [
    begins(setting, node),
    ...(setting.variant.serves === "beforeServer" ? [startsServer(setting, node)] : []),
    ...(node.isNew ? [] : [seesFeature(setting, node)])
  ])

/** A node begins with what is on its disk: the server of its group first, and then the way on to where it was going. */
const begins = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells, variant } = setting
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
      const state = stateFrom(disk, variant)
      const server = disk.group === null || state === recovery ? null : raft
      if (server !== null && state === post && variant.serves === "beforeServer")
        return [isUpBeforeServer(setting, node, life, disk, schema)]
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

/** Row 46: what a disk says is a state, or is nothing that anybody knows. */
const stateFrom = ({ state }: Disk, { unknownText }: UpgradeVariant): UpgradeState => {
  const known = stateOf(state)
  return known === recovery && state !== recovery && unknownText === "pre" ? pre : known
}

/** Row 41: it takes changes, and its server of the group is yet to begin. */
const isUpBeforeServer = (
  setting: Setting,
  node: NodeCells,
  life: Life,
  disk: Disk,
  schema: SchemaSet
): Firing<RaftUpgradeLabel> => ({
  labels: [
    { _tag: "Booted", node: node.name, state: post, found: { ...disk, server: node.server, discovery: [], schema } },
    { _tag: "BecameNormal", node: node.name, fresh: false },
    { _tag: "PeersKnown", node: node.name, peers: peersOf(setting, node).map(({ name }) => name) }
  ],
  writes: [write(node.life, { ...life, is: "up", state: post }), write(node.fiber, { at: "starting" })]
})

const startsServer = ({ bounds, cells }: Setting, node: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} starts its server at last`,
    { actor: node.name, fair: trusting(bounds, "A9"), reads: [node.fiber, node.raft, cells.groups] },
    (fiber, raft, groups): Firings =>
      fiber?.at === "starting" ? [{ labels: serving(node, raft, groups), writes: [write(node.fiber, null)] }] : []
  )

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
