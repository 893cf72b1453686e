/** The steps of a node's way to group 0 that ask others, and its two changes of state. Source: dossier `raft-upgrade.md` 2.7, 2.8. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { post, pre, stateOf, synchronize, type UpgradeState } from "../../../spec/raft-upgrade/states.ts"
import { write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import { trusting } from "./bounds.ts"
import type { Change, Disk, Fiber, Life, NodeCells } from "./cells.ts"
import { between } from "./cut-rules.ts"
import { afterAllSynchronize, afterDryRun, ended, toPost, toSynchronize } from "./fiber.ts"
import { asksNobody, neededToAsk } from "./reach-rules.ts"
import {
  awaited,
  countedPeers,
  type Firings,
  isOnRing,
  isOutside,
  knownMembers,
  on,
  othersOf,
  type Setting
} from "./setting.ts"
import type { UpgradeVariant } from "./variant.ts"

export const fiberRules = (setting: Setting): ReadonlyArray<Rule<RaftUpgradeLabel>> =>
  setting.cells.nodes.flatMap((node) => [
    ...othersOf(setting, node)
      .filter(({ name }) => !setting.bounds.lacking.includes(name))
      .map((peer) => between(setting, node, peer, asks(setting, node, peer))),
    hasHeardAll(setting, node),
    storesState(setting, node),
    entersState(setting, node)
  ])

/** One question how far another is, and what is made of the answer. Nobody who is down answers, and then it is asked again. */
const asks = (setting: Setting, node: NodeCells, peer: NodeCells): Rule<RaftUpgradeLabel> => {
  const needed = neededToAsk(setting, node)
  return on(
    `${node.name} asks ${peer.name} how far it is`,
    {
      actor: node.name,
      fair: trusting(setting.bounds, "A9"),
      reads: [node.fiber, node.raft, setting.cells.groups, peer.life, node.ring, ...needed.map((one) => one.life)]
    },
    (fiber, raft, groups, life, ring, ...lives): Firings => {
      if (fiber === null || life.is !== "up") return []
      const isOut = lives.some(({ is }) => is !== "up")
      if (isOut && asksNobody(fiber, setting.variant)) return []
      const told: ReadonlyArray<RaftUpgradeLabel> = [
        { _tag: "StateTold", node: peer.name, to: node.name, state: life.state },
        { _tag: "StateHeard", node: node.name, of: peer.name, state: life.state }
      ]
      const early: RaftUpgradeLabel = { _tag: "FinishedEarly", node: node.name, of: peer.name }
      const isMember = knownMembers(groups, raft, node.name).includes(peer.name)
      const isHeeded = setting.variant.earlyBy === "peers" ? isOnRing(ring, peer) : isMember
      switch (fiber.at) {
        case "dryRunOnPeers":
        case "dryRunOnMembers":
          return fiber.heard.includes(peer.name) || !(fiber.at === "dryRunOnMembers" ? isMember : isOnRing(ring, peer))
            ? []
            : [{ labels: told, writes: [write(node.fiber, { ...fiber, heard: [...fiber.heard, peer.name].sort() })] }]
        case "allSynchronize":
          if (fiber.entered.includes(peer.name)) return []
          if (isHeeded && life.state === post) return node.isNew ? [] : [toPost(node, ...told, early)]
          return isMember && isReady(life.state, setting.variant)
            ? [
                {
                  labels: told,
                  writes: [write(node.fiber, { ...fiber, entered: [...fiber.entered, peer.name].sort() })]
                }
              ]
            : []
        case "secondSync":
        case "secondPull":
          return isHeeded && life.state === post && !node.isNew ? [toPost(node, ...told, early)] : []
        default:
          return []
      }
    }
  )
}

const isReady = (state: UpgradeState, { ready }: UpgradeVariant): boolean =>
  ready === "anything" || state === synchronize

/** Whoever had to answer has. */
const hasHeardAll = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells, variant } = setting
  return on(
    `${node.name} has heard of all`,
    {
      actor: node.name,
      fair: trusting(bounds, "A9"),
      reads: [node.fiber, node.disk, node.raft, cells.groups, node.ring]
    },
    (fiber, disk, raft, groups, ring): Firings => {
      switch (fiber?.at) {
        case "dryRunOnPeers": {
          const peers = countedPeers(setting, ring)
          const isHeld =
            peers.length === 0 ? variant.peerless === "waits" : bounds.hasGhost && variant.ghosts === "counted"
          if (isHeld || peers.some((peer) => !fiber.heard.includes(peer))) return []
          const next = afterDryRun(setting, node, disk, ring)
          return [{ labels: [ended(node, "dryRunOnPeers"), ...next.labels], writes: next.writes }]
        }
        case "dryRunOnMembers": {
          const members = knownMembers(groups, raft, node.name)
          return members.every((member) => fiber.heard.includes(member))
            ? [toSynchronize(node, ended(node, "dryRunOnMembers"))]
            : []
        }
        case "allSynchronize":
          return isEnough(fiber, awaited(setting, ring, knownMembers(groups, raft, node.name)), setting.variant)
            ? [afterAllSynchronize(setting, node)]
            : []
        default:
          return []
      }
    }
  )
}

const isEnough = (
  { entered }: Extract<Fiber, { readonly at: "allSynchronize" }>,
  members: ReturnType<typeof knownMembers>,
  { waitsFor }: UpgradeVariant
): boolean => {
  if (waitsFor === "nobody") return true
  const seen = members.filter((member) => entered.includes(member)).length
  return waitsFor === "majority" ? (seen + 1) * 2 > members.length + 1 : seen === members.length
}

/** Whether a change holds its node's state where it is. */
const holds = (change: Change | null, { guard }: UpgradeVariant): boolean =>
  change !== null &&
  change.path === "old" &&
  change.state === pre &&
  (guard !== "untilApplied" || change.step === "begun" || change.step === "pushed")

/** U6 and U9, first half: nothing is on the old path here, and nothing begins; the new state goes to the disk. */
const storesState = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} stores its state`,
    { actor: node.name, fair: trusting(setting.bounds, "A9"), reads: [node.fiber, node.disk, node.change, node.life] },
    (fiber, disk, change, life): Firings => {
      if (fiber?.at !== "locking") return []
      if (setting.variant.editedState === "kept" && stateOf(disk.state) !== life.state)
        return [{ labels: [failed(node, disk)], writes: [write(node.fiber, null)] }]
      if (setting.variant.writeLock === "taken" && holds(change, setting.variant)) return []
      const { to } = fiber
      return [
        {
          labels: [{ _tag: "StateStored", node: node.name, state: to }],
          writes: [write(node.disk, { ...disk, state: to }), write(node.fiber, { at: "stored", to })]
        }
      ]
    }
  )

const failed = ({ name }: NodeCells, { state }: Disk): RaftUpgradeLabel => ({
  _tag: "FiberFailed",
  node: name,
  why: `an operator has written ${state} as the state of ${name}`
})

/** The second half: the node goes by it. */
const entersState = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} goes by its state`,
    { actor: node.name, fair: trusting(setting.bounds, "A9"), reads: [node.fiber, node.life] },
    (fiber, life): Firings =>
      fiber?.at === "stored"
        ? [
            {
              labels: [{ _tag: "StateEntered", node: node.name, state: fiber.to }],
              writes: [
                write(node.life, { ...life, state: fiber.to }),
                write(node.fiber, fiber.to === post ? arrived(node, life) : inSynchronize(node, life))
              ]
            }
          ]
        : []
  )

/** A new node has yet to come to the ring. */
const arrived = (node: NodeCells, life: Life): Fiber | null => (isOutside(node, life) ? { at: "entering" } : null)

/** A new node hears first what its group knows. */
const inSynchronize = (node: NodeCells, life: Life): Fiber =>
  isOutside(node, life) ? { at: "readBarrier" } : { at: "allSynchronize", entered: [] }
