/** What a node makes of others that do not answer, in the steps that ask all members. Source: dossier `raft-upgrade.md` 2.7, 2.14. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { firstRetryMs, greatestRetryMs } from "../../../spec/raft-upgrade/messages.ts"
import { post } from "../../../spec/raft-upgrade/states.ts"
import { write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import { trusting } from "./bounds.ts"
import type { Fiber, NodeCells } from "./cells.ts"
import { between, isCut } from "./cut-rules.ts"
import { toPost } from "./fiber.ts"
import { type Firings, knownMembers, on, othersOf, peersOf, type Setting } from "./setting.ts"
import type { UpgradeVariant } from "./variant.ts"

export const reachRules = (setting: Setting): ReadonlyArray<Rule<RaftUpgradeLabel>> => {
  const { bounds, cells, variant } = setting
  const isAnybodyAway =
    bounds.falls + bounds.deaths + bounds.stops + bounds.failures + bounds.orders.length > 0 || bounds.cut !== null
  return cells.nodes.flatMap((node) => [
    ...(bounds.rounds > 0 ? [beginsRound(setting, node)] : []),
    ...(variant.entered === "askedAgain" && bounds.nodes.length > 2 && isAnybodyAway
      ? othersOf(setting, node).map((peer) => between(setting, node, peer, asksAgain(setting, node, peer)))
      : [])
  ])
}

/** Whom a node must be able to reach before it asks anybody: nobody, but in two designs. */
export const neededToAsk = (setting: Setting, node: NodeCells): ReadonlyArray<NodeCells> =>
  setting.variant.reaches === "each" ? [] : othersOf(setting, node)

/** Rows 14, 15: whether a node asks nobody at this step while there is one whom it cannot reach. */
export const asksNobody = (fiber: Fiber, { reaches }: UpgradeVariant): boolean =>
  reaches === "allOrNoneInU7"
    ? fiber.at === "allSynchronize"
    : reaches === "allOrNoneInU8" && (fiber.at === "secondSync" || fiber.at === "secondPull")

/** Somebody does not answer (U1): it waits, and asks all of them again. */
const beginsRound = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, variant } = setting
  const peers = peersOf(setting, node)
  return on(
    `${node.name} asks its peers again`,
    { actor: node.name, fair: "none", reads: [node.fiber, ...peers.map(({ life }) => life)] },
    (fiber, ...lives): Firings => {
      if (fiber?.at !== "dryRunOnPeers" || lives.every(({ is }) => is === "up")) return []
      const round = (fiber.round ?? 0) + 1
      if (round > bounds.rounds) return []
      const doubled = Math.min(greatestRetryMs, firstRetryMs * 2 ** (round - 1))
      const ms = variant.backoff === "doubles" ? doubled : Math.max(greatestRetryMs, doubled)
      return [
        {
          labels: [{ _tag: "RetryIn", node: node.name, step: "dryRunOnPeers", round, ms }],
          writes: [write(node.fiber, { at: "dryRunOnPeers", heard: [], round })]
        }
      ]
    }
  )
}

/** Somebody does not answer (U7): those that were seen in synchronize are asked again, for one may be through by now. */
const asksAgain = (setting: Setting, node: NodeCells, peer: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells } = setting
  const others = othersOf(setting, node).filter((other) => other !== peer)
  return on(
    `${node.name} asks ${peer.name} again how far it is`,
    {
      actor: node.name,
      fair: trusting(bounds, "A9"),
      reads: [node.fiber, node.raft, cells.groups, cells.cut, peer.life, ...others.map(({ life }) => life)]
    },
    (fiber, raft, groups, cut, life, ...lives): Firings => {
      if (fiber?.at !== "allSynchronize" || !fiber.entered.includes(peer.name)) return []
      if (life.is !== "up" || life.state !== post || node.isNew) return []
      const members = knownMembers(groups, raft, node.name)
      const isSilent = (other: NodeCells, at: number): boolean =>
        members.includes(other.name) &&
        !fiber.entered.includes(other.name) &&
        (lives[at]?.is !== "up" || (cut === "cut" && isCut(bounds, node, other)))
      if (!others.some(isSilent)) return []
      return [
        toPost(
          node,
          { _tag: "StateTold", node: peer.name, to: node.name, state: post },
          { _tag: "StateHeard", node: node.name, of: peer.name, state: post },
          { _tag: "FinishedEarly", node: node.name, of: peer.name }
        )
      ]
    }
  )
}
