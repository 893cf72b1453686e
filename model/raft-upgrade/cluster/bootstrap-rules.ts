/** How a new node comes to group 0, and then to the ring (B1 to B7). Source: dossier `raft-upgrade.md` 2.9. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { Configuration } from "../../../spec/raft-upgrade/messages.ts"
import { post, stateOf } from "../../../spec/raft-upgrade/states.ts"
import { write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import { isTrusted, trusting } from "./bounds.ts"
import { merged, type NodeCells, versionOf } from "./cells.ts"
import { afterJoin, ended, toPost } from "./fiber.ts"
import { type Groups, groupOf, hasMajority, inForce } from "./group.ts"
import { isUpIn } from "./join-rules.ts"
import { looks, peerList } from "./looking.ts"
import {
  contactsOf,
  type Firings,
  isOutside,
  knownConfiguration,
  knownMembers,
  loadsSnapshot,
  on,
  othersOf,
  peersOf,
  type Setting
} from "./setting.ts"

export const bootstrapRules = (setting: Setting): ReadonlyArray<Rule<RaftUpgradeLabel>> =>
  setting.cells.nodes.flatMap((node) => [
    ...(node.isNew ? [comes(setting, node), hearsAll(setting, node), entersRing(setting, node)] : []),
    ...(node.isNew && setting.variant.outsider === "takesPart" ? [meets(setting, node)] : []),
    ...(node.isNew
      ? othersOf(setting, node).flatMap((peer) => [takesOver(setting, node, peer), loads(setting, node, peer)])
      : []),
    ...(node.isNew || setting.variant.withoutVote === "becomesVoter" ? [votes(setting, node)] : [])
  ])

/** A new node begins, and goes on where it was if it fell before it came to the ring. */
const comes = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells } = setting
  const others = othersOf(setting, node)
  const ring = peersOf(setting, node)
  const hasAll = (groups: Groups): boolean =>
    groups.some(({ configurations }) =>
      ring.every(({ name }) => configurations.at(-1)?.members.some((member) => member.node === name))
    )
  const waits = isTrusted(bounds, "A6") && ring.length > 0
  return on(
    `${node.name} comes`,
    {
      actor: node.name,
      fair: trusting(bounds, "A8"),
      reads: [
        node.life,
        node.disk,
        node.ring,
        node.schema,
        node.raft,
        // What the restart matrix tells of its disk.
        node.rows,
        cells.groups,
        ...others.map(({ life }) => life)
      ]
    },
    (life, disk, ring, schema, raft, _rows, groups, ...lives): Firings => {
      if (!isOutside(node, life) || (life.is !== "notBegun" && life.is !== "down")) return []
      const isFirst = life.is === "notBegun"
      if (isFirst && waits && lives.every(({ state }) => state !== post)) return []
      if (isFirst && bounds.comes === "onceAllJoined" && !hasAll(groups)) return []
      const state = stateOf(disk.state)
      const server = isFirst ? null : node.server
      const now = { ...life, is: "up" as const, state }
      const next = disk.group === null ? looks(setting, node, disk, ring) : afterJoin(setting, node, now, disk)
      return [
        {
          labels: [
            {
              _tag: "Booted",
              node: node.name,
              state,
              found: { ...disk, server, discovery: peerList(setting, disk.discovery), schema }
            },
            ...(isFirst ? [{ _tag: "ServerStored" as const, node: node.name, server: node.server }] : []),
            ...serving(node, disk.group === null ? null : raft, groups),
            ...next.labels
          ],
          writes: [write(node.life, now), ...next.writes]
        }
      ]
    }
  )
}

/** The server of its group begins before anything else, and knows what it knew. */
export const serving = (
  node: NodeCells,
  raft: Parameters<typeof knownConfiguration>[1],
  groups: Parameters<typeof knownConfiguration>[0]
): ReadonlyArray<RaftUpgradeLabel> => {
  if (raft === null) return []
  const { group } = raft
  const configuration = knownConfiguration(groups, raft)
  const learned: RaftUpgradeLabel = { _tag: "ConfigurationLearned", node: node.name, group, configuration }
  return [{ _tag: "ServerStarted", node: node.name, group }, ...(configuration.members.length === 0 ? [] : [learned])]
}

/** Rows 28, 62: those who look for the group hear of a node that is not on their ring, and never forget it. */
const meets = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells } = setting
  const contacts = contactsOf(setting, node)
  return on(
    `${node.name} takes part in discovery`,
    {
      actor: node.name,
      fair: trusting(bounds, "A9"),
      reads: [node.fiber, cells.met, ...contacts.map(({ fiber }) => fiber)]
    },
    (fiber, met, ...fibers): Firings => {
      const contact = contacts.find((_, at) => fibers[at]?.at === "looking")
      if (fiber?.at !== "looking" || met.includes(node.name) || contact === undefined) return []
      return [
        {
          labels: [{ _tag: "ExchangeAsked", node: node.name, to: contact.name, peers: [] }],
          writes: [write(cells.met, [...met, node.name].sort())]
        }
      ]
    }
  )
}

/** What a new node has first of its group is what a member of it has: its schema, and where it is with the commands. */
const loads = (setting: Setting, node: NodeCells, member: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells } = setting
  const names = cells.nodes.map(({ name }) => name)
  return on(
    `${node.name} loads what ${member.name} has`,
    {
      actor: node.name,
      fair: trusting(bounds, "A9"),
      reads: [
        node.raft,
        node.schema,
        node.disk,
        member.raft,
        member.schema,
        member.disk,
        cells.groups,
        ...cells.nodes.map(({ life }) => life)
      ]
    },
    (raft, schema, disk, theirs, source, { history }, groups, ...lives): Firings => {
      if (!loadsSnapshot(setting, node) || raft === null || raft.configurations > 0 || raft.isDeaf === true) return []
      if (theirs?.group !== raft.group || ![node.name, member.name].every((name) => isUpIn(lives, names, name)))
        return []
      const { group } = raft
      if (theirs.configurations < (groupOf(groups, group)?.configurations.length ?? 0)) return []
      if (!hasMajority(inForce(groups, group), (name) => isUpIn(lives, names, name))) return []
      const configuration = knownConfiguration(groups, theirs)
      if (!configuration.members.some((one) => one.node === node.name)) return []
      const both = merged(schema, source)
      return [
        {
          labels: [
            { _tag: "SnapshotLoaded", node: node.name, group, history },
            { _tag: "SchemaIs", node: node.name, by: "snapshot", schema: both, version: versionOf(both) },
            { _tag: "ConfigurationLearned", node: node.name, group, configuration }
          ],
          writes: [write(node.raft, { ...theirs }), write(node.schema, both), write(node.disk, { ...disk, history })]
        }
      ]
    }
  )
}

/** B3: it has heard all that its group knows. B4: who is alone waits for nobody. */
const hearsAll = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells, variant } = setting
  const names = cells.nodes.map(({ name }) => name)
  return on(
    `${node.name} has heard all that its group knows`,
    {
      actor: node.name,
      fair: trusting(bounds, "A9"),
      reads: [node.fiber, node.life, node.raft, cells.groups, ...cells.nodes.map(({ life }) => life)]
    },
    (fiber, life, raft, groups, ...lives): Firings => {
      if (fiber?.at !== "readBarrier" || raft === null) return []
      const known = groupOf(groups, raft.group)
      const isTaken = variant.barrier === "taken"
      if (isTaken && !hasMajority(inForce(groups, raft.group), (name) => isUpIn(lives, names, name))) return []
      if (isTaken && raft.configurations < (known?.configurations.length ?? 0)) return []
      if (isTaken && raft.applied < (known?.log.length ?? 0)) return []
      const over = isTaken ? [ended(node, "readBarrier")] : []
      if (life.state === post) return [{ labels: over, writes: [write(node.fiber, { at: "entering" })] }]
      const { members, joint } = knownConfiguration(groups, raft)
      return members.length === 1 && !joint
        ? [toPost(node, ...over)]
        : [{ labels: over, writes: [write(node.fiber, { at: "allSynchronize", entered: [] })] }]
    }
  )
}

/** A member is through. Nobody may have asked a node that came late for what it has: it takes over what that one has. */
const takesOver = (setting: Setting, node: NodeCells, peer: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells, variant } = setting
  return on(
    `${node.name} goes by ${peer.name}, which is through`,
    {
      actor: node.name,
      fair: trusting(bounds, "A9"),
      reads: [node.fiber, node.raft, cells.groups, node.schema, peer.life, peer.schema]
    },
    (fiber, raft, groups, schema, life, theirs): Firings => {
      if (fiber?.at !== "allSynchronize" && fiber?.at !== "secondSync" && fiber?.at !== "secondPull") return []
      if (life.is !== "up" || life.state !== post || !knownMembers(groups, raft, node.name).includes(peer.name))
        return []
      const told: ReadonlyArray<RaftUpgradeLabel> = [
        { _tag: "StateTold", node: peer.name, to: node.name, state: life.state },
        { _tag: "StateHeard", node: node.name, of: peer.name, state: life.state }
      ]
      const early: RaftUpgradeLabel = { _tag: "FinishedEarly", node: node.name, of: peer.name }
      if (variant.latecomers === "asTheyAre") return [toPost(node, ...told, early)]
      const both = merged(schema, theirs)
      const taken: RaftUpgradeLabel = {
        _tag: "SchemaIs",
        node: node.name,
        by: "sync",
        schema: both,
        version: versionOf(both)
      }
      const next = toPost(node, ...told, taken, early)
      return [{ labels: next.labels, writes: [write(node.schema, both), ...next.writes] }]
    }
  )
}

/** It is on the ring. Who comes to it has seen the feature: the group would not be there otherwise. */
const entersRing = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} comes to the ring`,
    { actor: node.name, fair: trusting(setting.bounds, "A9"), reads: [node.fiber, node.life] },
    (fiber, life): Firings =>
      fiber?.at === "entering"
        ? [
            {
              labels: [
                { _tag: "BecameNormal", node: node.name, fresh: true },
                { _tag: "PeersKnown", node: node.name, peers: peersOf(setting, node).map(({ name }) => name) },
                { _tag: "FeatureSeen", node: node.name }
              ],
              writes: [write(node.life, { ...life, sawFeature: true }), write(node.fiber, { at: "voting" })]
            }
          ]
        : []
  )

/** B7: it asks for a vote, and that was all. No fiber sets out. */
const votes = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells } = setting
  const names = cells.nodes.map(({ name }) => name)
  return on(
    `${node.name} becomes a voter`,
    {
      actor: node.name,
      fair: trusting(bounds, "A9"),
      reads: [node.fiber, node.raft, cells.groups, ...cells.nodes.map(({ life }) => life)]
    },
    (fiber, raft, groups, ...lives): Firings => {
      if (fiber?.at !== "voting" || raft === null) return []
      const { group } = raft
      const now = inForce(groups, group)
      if (!hasMajority(now, (name) => isUpIn(lives, names, name))) return []
      const isVoter = now.members.some((member) => member.node === node.name && member.voter)
      const over = write(node.fiber, null)
      if (isVoter) return [{ labels: [], writes: [over] }]
      const configuration: Configuration = {
        members: now.members.map((member) => (member.node === node.name ? { ...member, voter: true } : member)),
        joint: false
      }
      const about = { group, purpose: "becomeVoter", of: node.name } as const
      return [
        {
          labels: [
            { _tag: "ReconfigurationAsked", node: node.name, via: node.name, ...about },
            { _tag: "Reconfigured", ...about, configuration },
            { _tag: "ReconfigurationEnded", node: node.name, ...about, failure: null }
          ],
          writes: [write(cells.groups, { _tag: "Configures", group, configuration }), over]
        }
      ]
    }
  )
}
