/** How nodes begin, fall, and set out for group 0. Source: dossier `raft-upgrade.md` 2.1, 2.11. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { Configuration, SchemaSet } from "../../../spec/raft-upgrade/messages.ts"
import { post, pre, recovery, stateOf, type UpgradeState } from "../../../spec/raft-upgrade/states.ts"
import { type Write, write } from "../../kernel/cell.ts"
import type { Firing, Rule } from "../../kernel/system.ts"
import { serving } from "./bootstrap-rules.ts"
import { isTrusted, trusting } from "./bounds.ts"
import type { Disk, Life, NodeCells, Push, Server } from "./cells.ts"
import { afterDryRun } from "./fiber.ts"
import { peerList } from "./looking.ts"
import type { Ring } from "./ring.ts"
import { type Firings, isOnRing, isOutside, knownConfiguration, on, peersOf, type Setting } from "./setting.ts"
import type { UpgradeVariant } from "./variant.ts"

export const startRules = (setting: Setting): ReadonlyArray<Rule<RaftUpgradeLabel>> =>
  setting.cells.nodes.flatMap((node) => [
    begins(setting, node),
    ...(setting.variant.serves === "beforeServer" ? [startsServer(setting, node)] : []),
    ...(node.isNew || setting.bounds.lacking.includes(node.name) ? [] : [seesFeature(setting, node)])
  ])

/** A node begins with what is on its disk: the server of its group first, and then the way on to where it was going. */
const begins = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells, variant } = setting
  return on(
    `${node.name} begins`,
    {
      actor: node.name,
      fair: trusting(bounds, "A8"),
      reads: [node.life, node.disk, node.ring, node.schema, node.raft, node.rows, cells.groups]
    },
    (life, disk, ring, schema, raft, rows, groups): Firings => {
      const isFirst = life.is === "notBegun" && bounds.before === null
      if (isOutside(node, life) || (!isFirst && life.is !== "down")) return []
      const state = stateFrom(disk, variant)
      const kept = raft ?? (rows?.group === disk.group ? rows : null)
      const server = disk.group === null || state === recovery ? null : kept
      if (server !== null && state === post && variant.serves === "beforeServer")
        return [isUpBeforeServer(setting, node, life, disk, ring, schema)]
      const sets =
        server !== null && lacksVote(setting, node, state, knownConfiguration(groups, server))
          ? { labels: [], writes: [write(node.fiber, { at: "voting" })] }
          : life.sawFeature
            ? settingOut(setting, node, state, disk, ring)
            : { labels: [], writes: [] }
      return [
        {
          labels: [
            {
              _tag: "Booted",
              node: node.name,
              state,
              found: {
                ...disk,
                server: isFirst ? null : node.server,
                discovery: peerList(setting, disk.discovery),
                schema
              }
            },
            ...(isFirst ? [{ _tag: "ServerStored" as const, node: node.name, server: node.server }] : []),
            ...serving(node, server, groups),
            { _tag: "BecameNormal", node: node.name, fresh: false },
            { _tag: "PeersKnown", node: node.name, peers: ring.peers },
            ...sets.labels
          ],
          writes: [
            write(node.life, { is: "up", state, sawFeature: life.sawFeature }),
            ...(server === raft ? [] : [write(node.raft, server), write(node.rows, raft)]),
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
  ring: Ring,
  schema: SchemaSet
): Firing<RaftUpgradeLabel> => ({
  labels: [
    {
      _tag: "Booted",
      node: node.name,
      state: post,
      found: { ...disk, server: node.server, discovery: peerList(setting, disk.discovery), schema }
    },
    { _tag: "BecameNormal", node: node.name, fresh: false },
    { _tag: "PeersKnown", node: node.name, peers: ring.peers }
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
      reads: [node.life, node.disk, node.ring, ...others.map(({ life }) => life)]
    },
    (life, disk, ring, ...lives): Firings => {
      if (life.is !== "up" || life.sawFeature) return []
      if (others.some((other, at) => isOnRing(ring, other) && lives[at]?.is !== "up")) return []
      const sets = settingOut(setting, node, life.state, disk, ring)
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
  setting: Setting,
  node: NodeCells,
  state: UpgradeState,
  disk: Disk,
  ring: Ring
): Firing<RaftUpgradeLabel> => {
  const hasLeft = ring.left.includes(node.name) && setting.variant.afterLeaving === "staysAway"
  if (state === post || state === recovery || hasLeft) return { labels: [], writes: [] }
  const began: RaftUpgradeLabel = { _tag: "FiberBegan", node: node.name, from: state }
  if (setting.variant.dryRun === "asked")
    return { labels: [began], writes: [write(node.fiber, { at: "dryRunOnPeers", heard: [] })] }
  const next = afterDryRun(setting, node, disk, ring)
  return { labels: [began, ...next.labels], writes: next.writes }
}
/** What becomes of a node that ends: all is lost that is not on its disk, and its pushes are lost (A7). */
export const ending = (
  { bounds, cells }: Setting,
  node: NodeCells,
  life: Life,
  { group }: Disk,
  raft: Server | null,
  pushes: ReadonlyArray<Push>
): ReadonlyArray<Write> => {
  const isLost = isTrusted(bounds, "A7")
  const sent = pushes.map(({ from }, at) => ({ from, at })).filter(({ from }) => isLost && from === node.name)
  return [
    write(node.life, life),
    write(node.fiber, null),
    write(node.change, null),
    write(node.task, null),
    // Its rows are there when it comes back.
    ...(raft !== null && raft.group !== group ? [write(node.raft, null)] : []),
    ...(raft !== null && raft.group !== group && life.is === "down" ? [write(node.rows, raft)] : []),
    ...sent.toReversed().map(({ at }) => write(cells.pushes, { remove: at }))
  ]
}
