/** How nodes come into the group (U2), and how they learn who else is (U3). Source: dossier `raft-upgrade.md` 2.6, 2.7. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { GroupId } from "../../../spec/raft-upgrade/ids.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { Configuration } from "../../../spec/raft-upgrade/messages.ts"
import { type Write, write } from "../../kernel/cell.ts"
import { push } from "../../kernel/channel.ts"
import type { Rule } from "../../kernel/system.ts"
import { trusting } from "./bounds.ts"
import type { Life, NodeCells } from "./cells.ts"
import { between } from "./cut-rules.ts"
import { afterAllJoined, afterJoin, failing } from "./fiber.ts"
import { groupOf, hasMajority, inForce } from "./group.ts"
import { askedBy, lookers, looks } from "./looking.ts"
import { countedPeers, type Firings, knownConfiguration, loadsSnapshot, on, othersOf, type Setting } from "./setting.ts"
import { founding, rowsOf, toldGroup } from "./step-rules.ts"
import { votersOf } from "./voters.ts"

export const joinRules = (setting: Setting): ReadonlyArray<Rule<RaftUpgradeLabel>> =>
  setting.cells.nodes.flatMap((node) => [
    creates(setting, node),
    ...othersOf(setting, node).flatMap((peer) => [
      between(setting, node, peer, finds(setting, node, peer)),
      looksAgain(setting, node, peer)
    ]),
    joins(setting, node),
    stores(setting, node),
    learns(setting, node),
    seesAllJoined(setting, node)
  ])

/**
 * Discovery as it ends for the one that creates the group: everybody else looks for it too, and has a greater server.
 *
 * How it comes to that is what discovery alone is explored for. A new node counts once those who look have heard of it.
 */
const creates = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells, variant } = setting
  return on(
    `${node.name} creates the group`,
    {
      actor: node.name,
      fair: trusting(bounds, "A9"),
      reads: [cells.named, cells.met, ...cells.nodes.map(({ fiber }) => fiber)]
    },
    (named, met, ...fibers): Firings => {
      const known = lookers(node, met, cells.nodes, fibers)
      if (known === null || known.some(({ server }) => server < node.server)) return []
      if (node.isNew && known.length > 1 && !met.includes(node.name)) return []
      const group = (named + 1) as GroupId
      const led: RaftUpgradeLabel = { _tag: "Led", node: node.name, group }
      const names = write(cells.named, named + 1)
      if (bounds.steps === "each")
        return [{ labels: [led], writes: [write(node.fiber, { at: "found", group, via: null }), names] }]
      const configuration = founding(node)
      return [
        {
          labels: [
            led,
            { _tag: "StorageMade", node: node.name, group, index: variant.snapshot === "first" ? 1 : 0 },
            { _tag: "ServerStarted", node: node.name, group },
            { _tag: "Reconfigured", group, purpose: "create", of: node.name, configuration },
            { _tag: "ConfigurationLearned", node: node.name, group, configuration }
          ],
          writes: [
            write(node.fiber, { at: "joined", group }),
            write(node.raft, { group, configurations: 1, applied: 0 }),
            write(cells.groups, { _tag: "Configures", group, configuration }),
            names
          ]
        }
      ]
    }
  )
}

/** Discovery as it ends for everybody else: somebody tells that he is in a group. */
const finds = (setting: Setting, node: NodeCells, peer: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} finds the group by ${peer.name}`,
    {
      actor: node.name,
      fair: trusting(setting.bounds, "A9"),
      reads: [node.fiber, node.raft, node.rows, peer.life, peer.disk, peer.raft, peer.fiber]
    },
    (fiber, raft, rows, life, disk, theirs, doing): Firings => {
      const { bounds, variant } = setting
      if (fiber?.at !== "looking" || life.is !== "up" || !(peer.isNew || fiber.contacts.includes(peer.name))) return []
      const group = toldGroup(life, disk, theirs, doing?.at === "named", variant)
      if (group === null) return []
      const found: ReadonlyArray<RaftUpgradeLabel> = [
        { _tag: "ExchangeAsked", node: node.name, to: peer.name, peers: [] },
        {
          _tag: "ExchangeAnswered",
          node: peer.name,
          to: node.name,
          answer: { _tag: "Group", group, node: peer.name, server: peer.server }
        },
        { _tag: "GroupFound", node: node.name, group, via: peer.name }
      ]
      const via = peer.name
      if (raft?.group === group) return [{ labels: found, writes: [write(node.fiber, { at: "joining", group, via })] }]
      if (raft !== null) return [failing(node, "another group is known here already", found)]
      if (bounds.steps === "each") return [{ labels: found, writes: [write(node.fiber, { at: "found", group, via })] }]
      return [
        {
          labels: [
            ...found,
            { _tag: "StorageMade", node: node.name, group, index: 1 },
            { _tag: "ServerStarted", node: node.name, group }
          ],
          writes: [
            write(node.fiber, { at: "joining", group, via }),
            write(node.raft, rowsOf(rows, group, variant)),
            write(node.rows, null)
          ]
        }
      ]
    }
  )

/** Whom it would have asked to be let in is gone: it looks for another. */
const looksAgain = (setting: Setting, node: NodeCells, peer: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} looks for the group again, for ${peer.name} is gone`,
    { actor: node.name, fair: trusting(setting.bounds, "A9"), reads: [node.fiber, node.disk, node.ring, peer.life] },
    (fiber, disk, ring, life): Firings =>
      fiber?.at === "joining" && fiber.via === peer.name && life.is !== "up" ? [looks(setting, node, disk, ring)] : []
  )

/** A member lets it in, if a majority is there; and it may never hear of that. */
const joins = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells, variant } = setting
  const voters = votersOf(setting)
  return on(
    `${node.name} joins the group`,
    {
      actor: node.name,
      fair: trusting(bounds, "A9"),
      reads: [node.fiber, node.disk, node.ring, cells.groups, cells.mayTimeOut, cells.mayBeLate, ...voters.reads]
    },
    (fiber, disk, ring, groups, mayTimeOut, mayBeLate, ...values): Firings => {
      if (fiber?.at !== "joining" || fiber.via === null) return []
      const { group, via } = fiber
      const isUp = voters.answering(values, group)
      const now = inForce(groups, group)
      if (!isUp(via) || !hasMajority(now, isUp)) return []
      const isIn = now.members.some((member) => member.node === node.name)
      const configuration = isIn ? now : membership(now, node)
      // Nobody has told it whether it is in: it looks again, or goes on waiting in a design that knows no timeout.
      const unanswered = write(
        node.fiber,
        variant.joinTimeout === "asksAgain"
          ? { at: "looking", contacts: askedBy(setting, node, disk, ring) }
          : { at: "joining", group, via: null }
      )
      const about = { group, purpose: "join", of: node.name } as const
      const asked: RaftUpgradeLabel = { _tag: "ReconfigurationAsked", node: node.name, via, ...about }
      const agreed: ReadonlyArray<RaftUpgradeLabel> = isIn ? [] : [{ _tag: "Reconfigured", ...about, configuration }]
      const entered = isIn ? [] : [write(cells.groups, { _tag: "Configures", group, configuration } as const)]
      const over = (failure: "TimedOut" | null): RaftUpgradeLabel => ({
        _tag: "ReconfigurationEnded",
        node: node.name,
        ...about,
        failure
      })
      return [
        {
          labels: [asked, ...agreed, over(null)],
          writes: [...entered, write(node.fiber, { at: "joined", group })]
        },
        ...(mayTimeOut === 0
          ? []
          : [
              {
                labels: [asked, ...agreed, over("TimedOut")],
                writes: [...entered, unanswered, write(cells.mayTimeOut, "spend")]
              }
            ]),
        ...(mayBeLate === 0
          ? []
          : [
              {
                labels: [asked, over("TimedOut")],
                writes: [unanswered, ...comesLate(setting, node, group)]
              },
              {
                labels: [asked, ...agreed, over(null)],
                writes: [...entered, write(node.fiber, { at: "joined", group }), ...comesLate(setting, node, group)]
              }
            ])
      ]
    }
  )
}

/** The request is still on its way, or a copy of it. */
const comesLate = ({ cells }: Setting, { name }: NodeCells, group: GroupId): ReadonlyArray<Write> => [
  push(cells.requests, { node: name, group }),
  write(cells.mayBeLate, "spend")
]

/** A configuration with a node in it: a new one without a vote. */
export const membership = ({ members }: Configuration, { name, server, isNew }: NodeCells): Configuration => ({
  members: [...members, { node: name, server, voter: !isNew }].sort(byServer),
  joint: false
})

export const isUpIn = (lives: ReadonlyArray<Life>, names: ReadonlyArray<NodeId>, name: NodeId): boolean =>
  lives[names.indexOf(name)]?.is === "up"

const byServer = (one: { readonly server: number }, other: { readonly server: number }): number =>
  one.server - other.server

const stores = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} stores the group`,
    { actor: node.name, fair: trusting(setting.bounds, "A9"), reads: [node.fiber, node.life, node.disk] },
    (fiber, life, disk): Firings => {
      if (fiber?.at !== "joined") return []
      const stored: RaftUpgradeLabel = { _tag: "GroupStored", node: node.name, group: fiber.group }
      const stores = write(node.disk, { ...disk, group: fiber.group })
      if (setting.bounds.steps === "each")
        return [{ labels: [stored], writes: [stores, write(node.fiber, { at: "named" })] }]
      const next = afterJoin(setting, node, life, disk)
      return [{ labels: [stored, ...next.labels], writes: [stores, ...next.writes] }]
    }
  )

/** A node learns the next of the group's configurations. */
const learns = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells } = setting
  const voters = votersOf(setting)
  return on(
    `${node.name} learns who is in the group`,
    {
      actor: node.name,
      fair: trusting(bounds, "A9"),
      reads: [node.raft, cells.groups, ...voters.reads]
    },
    (raft, groups, ...values): Firings => {
      if (raft === null) return []
      const isUp = voters.answering(values, raft.group)
      if (!isUp(node.name)) return []
      const configurations = groupOf(groups, raft.group)?.configurations ?? []
      const next = { ...raft, configurations: raft.configurations + 1 }
      if (raft.configurations >= configurations.length || raft.isDeaf === true) return []
      if (raft.configurations === 0 && loadsSnapshot(setting, node)) return []
      if (!configurations.at(-1)?.members.some((member) => member.node === node.name)) return []
      if (!hasMajority(inForce(groups, raft.group), isUp)) return []
      return [
        {
          labels: [
            {
              _tag: "ConfigurationLearned",
              node: node.name,
              group: raft.group,
              configuration: knownConfiguration(groups, next)
            }
          ],
          writes: [write(node.raft, next)]
        }
      ]
    }
  )
}

/** U3: everybody on the ring is in, as far as it knows. */
const seesAllJoined = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells, variant } = setting
  return on(
    `${node.name} sees that all have joined`,
    {
      actor: node.name,
      fair: trusting(bounds, "A9"),
      reads: [node.fiber, node.disk, node.raft, cells.groups, node.ring]
    },
    (fiber, disk, raft, groups, ring): Firings => {
      if (fiber?.at !== "allJoined") return []
      const peers = countedPeers(setting, ring)
      const { members, joint } = knownConfiguration(groups, raft)
      const isAll = !joint && peers.every((peer) => members.some((member) => member.node === peer))
      return isAll || variant.allJoined === "skipped" ? [afterAllJoined(setting, node, disk)] : []
    }
  )
}
