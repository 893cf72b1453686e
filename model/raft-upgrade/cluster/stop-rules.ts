/** Nodes that are told to stop, fibers that fail, and requests that come late. Source: dossier `raft-upgrade.md` 2.1, 2.4, 2.15. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { Configuration } from "../../../spec/raft-upgrade/messages.ts"
import { write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import { trusting } from "./bounds.ts"
import type { Change, Fiber, NodeCells } from "./cells.ts"
import { failing } from "./fiber.ts"
import { hasMajority, inForce } from "./group.ts"
import { isUpIn, membership } from "./join-rules.ts"
import { type Firings, isFrail, on, type Setting } from "./setting.ts"
import { ending } from "./start-rules.ts"

export const stopRules = (setting: Setting): ReadonlyArray<Rule<RaftUpgradeLabel>> => {
  const { bounds, cells } = setting
  return cells.nodes.flatMap((node) => [
    ...(bounds.stops > 0 && isFrail(setting, node) ? [stops(setting, node)] : []),
    ...(bounds.failures > 0 && isFrail(setting, node) ? [fails(setting, node)] : []),
    ...(bounds.failures > 0 || bounds.fatalPulls > 0 ? [isStartedAgain(setting, node)] : []),
    ...(bounds.late > 0 ? [takesEffect(setting, node)] : [])
  ])
}

/**
 * A node is told to stop: it calls off what can be called off, finishes the change that it has merged, and answers all the same.
 *
 * It is no fall: what it has sent arrives.
 */
const stops = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { cells, variant } = setting
  return on(
    `${node.name} is told to stop`,
    {
      actor: "operator",
      fair: "none",
      reads: [node.life, node.disk, node.raft, node.fiber, node.change, cells.mayStop]
    },
    (life, disk, raft, fiber, change, left): Firings => {
      if (life.is !== "up" || left === 0) return []
      const isCalling = fiber?.at === "joining" && fiber.via !== null
      const ends: RaftUpgradeLabel =
        isCalling && variant.aborts === "shared"
          ? { _tag: "Crashed", node: node.name, why: "what the call waits for was called off already" }
          : { _tag: "Stopped", node: node.name }
      return [
        {
          labels: [...calledOff(node, fiber), ...answered(node, change), ends],
          writes: [write(cells.mayStop, "spend"), ...ending(setting, node, { ...life, is: "down" }, disk, raft, [])]
        }
      ]
    }
  )
}

const calledOff = ({ name }: NodeCells, fiber: Fiber | null): ReadonlyArray<RaftUpgradeLabel> => {
  if (fiber?.at !== "joining" || fiber.via === null) return []
  const about = { group: fiber.group, purpose: "join", of: name } as const
  return [
    { _tag: "ReconfigurationAsked", node: name, via: fiber.via, ...about },
    { _tag: "ReconfigurationEnded", node: name, ...about, failure: "Aborted" }
  ]
}

const answered = ({ name }: NodeCells, change: Change | null): ReadonlyArray<RaftUpgradeLabel> => {
  if (change === null) return []
  const { operation, step } = change
  return step === "applied" && change.path === "old"
    ? [{ _tag: "OperationEnded", node: name, operation }]
    : [{ _tag: "OperationRefused", node: name, operation, reason: "Stopping" }]
}

/** Any exception: the fiber ends where it is, and nothing is taken back. */
const fails = ({ cells }: Setting, node: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `the fiber of ${node.name} fails`,
    { actor: "fault", fair: "none", reads: [node.life, node.fiber, cells.mayFail] },
    (life, fiber, left): Firings => {
      if (life.is !== "up" || fiber === null || fiber.at === "failed" || left === 0) return []
      // Between the disk and the memory there is nothing that could go wrong.
      if (fiber.at === "stored") return []
      const { labels, writes } = failing(node, "an exception")
      return [{ labels, writes: [...writes, write(cells.mayFail, "spend")] }]
    }
  )

/** Nothing but a restart helps a node whose fiber has failed, and its operator sees to that. */
const isStartedAgain = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} is started again, for its fiber has failed`,
    {
      actor: "operator",
      fair: trusting(setting.bounds, "A8"),
      reads: [node.life, node.fiber, node.disk, node.raft, node.change]
    },
    (life, fiber, disk, raft, change): Firings =>
      life.is === "up" && fiber?.at === "failed" && change === null
        ? [
            {
              labels: [{ _tag: "Stopped", node: node.name }],
              writes: [...ending(setting, node, { ...life, is: "down" }, disk, raft, [])]
            }
          ]
        : []
  )

/** A request to be let in comes when nobody waits for it any more, or a second time. Who is in already is in. */
const takesEffect = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells } = setting
  const names = cells.nodes.map(({ name }) => name)
  return on(
    `a late request of ${node.name} comes`,
    {
      actor: "network",
      fair: trusting(bounds, "A9"),
      reads: [cells.requests, cells.groups, ...cells.nodes.map(({ life }) => life)]
    },
    (requests, groups, ...lives): Firings =>
      requests.flatMap((request, at): Firings => {
        if (request.node !== node.name) return []
        const { group } = request
        const now = inForce(groups, group)
        const gone = write(cells.requests, { remove: at })
        if (now.members.some((member) => member.node === node.name)) return [{ labels: [], writes: [gone] }]
        if (!hasMajority(now, (name) => isUpIn(lives, names, name))) return []
        const configuration: Configuration = membership(now, node)
        return [
          {
            labels: [{ _tag: "Reconfigured", group, purpose: "join", of: node.name, configuration }],
            writes: [write(cells.groups, { _tag: "Configures", group, configuration }), gone]
          }
        ]
      })
  )
}
