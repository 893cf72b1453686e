/** The five steps of joining one by one, so that a node may fall between any two. Source: dossier `raft-upgrade.md` 2.6. */
import type { GroupId } from "../../../spec/raft-upgrade/ids.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { Configuration } from "../../../spec/raft-upgrade/messages.ts"
import { recovery } from "../../../spec/raft-upgrade/states.ts"
import { write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import { trusting } from "./bounds.ts"
import type { Disk, Life, NodeCells, Server } from "./cells.ts"
import { afterJoin } from "./fiber.ts"
import { type Firings, knownConfiguration, on, type Setting } from "./setting.ts"
import type { UpgradeVariant } from "./variant.ts"

/** The second, StartServer, is the last but one before a member is asked; that and what follows is in `join-rules`. */
export const stepRules = (setting: Setting): ReadonlyArray<Rule<RaftUpgradeLabel>> =>
  setting.bounds.steps === "few"
    ? []
    : setting.cells.nodes.flatMap((node) => [
        makesRows(setting, node),
        startsServer(setting, node),
        exposes(setting, node)
      ])

/** What a node has of a group that it joins: what it finds, unless it writes over that. */
export const rowsOf = (found: Server | null, group: GroupId, { foundRows }: UpgradeVariant): Server => {
  const fresh: Server = { group, configurations: 0, applied: 0 }
  if (found?.group !== group) return fresh
  if (foundRows === "kept") return found
  // Its group takes what it has told for known: it tells it no second time.
  return found.configurations === 0 ? fresh : { ...fresh, isDeaf: true }
}

/** Its own configuration, alone. Whoever creates a group begins as its voter. */
export const founding = (node: NodeCells): Configuration => ({
  members: [{ node: node.name, server: node.server, voter: true }],
  joint: false
})

/** BootstrapStorage. */
const makesRows = ({ bounds, variant }: Setting, node: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} makes its rows of the group`,
    { actor: node.name, fair: trusting(bounds, "A9"), reads: [node.fiber, node.rows] },
    (fiber, found): Firings => {
      if (fiber?.at !== "found") return []
      const { group, via } = fiber
      const rows = rowsOf(found, group, variant)
      const index = via === null && variant.snapshot === "first" ? 1 : 0
      return [
        {
          labels: rows === found ? [] : [{ _tag: "StorageMade", node: node.name, group, index }],
          writes: [write(node.rows, rows), write(node.fiber, { at: "storage", group, via })]
        }
      ]
    }
  )

/** StartServer. Who finds itself in the group already has nobody to ask. */
const startsServer = ({ bounds, cells }: Setting, node: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} starts its server of the group`,
    { actor: node.name, fair: trusting(bounds, "A9"), reads: [node.fiber, node.rows, cells.groups] },
    (fiber, rows, groups): Firings => {
      if (fiber?.at !== "storage" || rows === null) return []
      const { group, via } = fiber
      const started: RaftUpgradeLabel = { _tag: "ServerStarted", node: node.name, group }
      const forgets = write(node.rows, null)
      if (via === null) {
        const configuration = founding(node)
        return [
          {
            labels: [
              started,
              { _tag: "Reconfigured", group, purpose: "create", of: node.name, configuration },
              { _tag: "ConfigurationLearned", node: node.name, group, configuration }
            ],
            writes: [
              write(cells.groups, { _tag: "Configures", group, configuration }),
              write(node.raft, { ...rows, configurations: 1 }),
              write(node.fiber, { at: "joined", group }),
              forgets
            ]
          }
        ]
      }
      const configuration = knownConfiguration(groups, rows)
      const isIn = configuration.members.some((member) => member.node === node.name)
      return [
        {
          labels: [
            started,
            ...(isIn ? [{ _tag: "ConfigurationLearned" as const, node: node.name, group, configuration }] : [])
          ],
          writes: [
            write(node.raft, rows),
            write(node.fiber, isIn ? { at: "joined", group } : { at: "joining", group, via }),
            forgets
          ]
        }
      ]
    }
  )

/** Expose: whoever asks is told of the group from now on. */
const exposes = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} tells of the group`,
    { actor: node.name, fair: trusting(setting.bounds, "A9"), reads: [node.fiber, node.life, node.disk] },
    (fiber, life, disk): Firings => (fiber?.at === "named" ? [afterJoin(setting, node, life, disk)] : [])
  )

/** The group that a node tells others of. */
export const toldGroup = (
  life: Life,
  disk: Disk,
  raft: Server | null,
  isNamed: boolean,
  { reveals }: UpgradeVariant
): GroupId | null => {
  if (life.state === recovery) return null
  const stored = life.erased ?? disk.group
  return reveals === "onceStarted" ? (raft?.group ?? stored) : isNamed ? null : stored
}
