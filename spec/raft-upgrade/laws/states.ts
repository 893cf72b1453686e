/** Laws about how far a node is: S5, S6, S7, S15, S16, S19, S21, S22. */
import { history, nothing } from "../../law.ts"
import type { RaftUpgradeLabel } from "../labels.ts"
import { type Cluster, cluster } from "../memories/cluster.ts"
import { factsOf } from "../memories/nodes.ts"
import { firstRetryMs, greatestRetryMs } from "../messages.ts"
import { pre, rankOf, recovery, stateOf } from "../states.ts"

export const S5 = history<RaftUpgradeLabel, Cluster>("RU-S5", {
  sentence: "A node goes from the old path to synchronize and from there to group 0, and never back.",
  source: "dossier raft-upgrade 4, S5; service/raft/raft_group0_client.cc set_group0_upgrade_state",
  reading: "What an operator writes is not the node's doing. A state may be written that is there already.",
  follows: cluster,
  breaks: (before, label) => {
    if (label._tag !== "StateStored") return undefined
    const facts = factsOf(before, label.node)
    if (facts === undefined || facts.isEdited) return undefined
    const was = stateOf(facts.stored)
    const [from, to] = [rankOf(was), rankOf(label.state)]
    return from !== undefined && to !== undefined && (to < from || to > from + 1)
      ? `${label.node} goes from ${was} to ${label.state}`
      : undefined
  }
})

export const S6 = history<RaftUpgradeLabel, Cluster>("RU-S6", {
  sentence: "A node goes by what is on its disk: nothing that begins once a state is stored goes by an earlier one.",
  source: "dossier raft-upgrade 4, S6; scylladb commit 114419d6ab",
  reading: "A node that tells its state while it changes it may tell either.",
  follows: cluster,
  breaks: (before, label) => {
    if (label._tag !== "StateEntered" && label._tag !== "OperationBegan" && label._tag !== "StateTold") return undefined
    const facts = factsOf(before, label.node)
    if (facts === undefined || facts.isEdited) return undefined
    const stored = stateOf(facts.stored)
    const [told, known] = [rankOf(label.state), rankOf(stored)]
    if (label._tag === "StateEntered")
      return label.state === stored ? undefined : `${label.node} goes by ${label.state}, and its disk says ${stored}`
    if (told === undefined || known === undefined) return undefined
    if (label._tag === "StateTold")
      return told > known ? `${label.node} says that it is in ${label.state}, and its disk says ${stored}` : undefined
    return told < known
      ? `operation ${label.operation} begins on ${label.node} in ${label.state}, and its disk says ${stored}`
      : undefined
  }
})

export const S7 = history<RaftUpgradeLabel, Cluster>("RU-S7", {
  sentence: "While a change is on its old path, its node does not leave the state that it began in.",
  source: "dossier raft-upgrade 4, S7; service/raft/raft_group0_client.cc start_operation; scylladb commit 43687be1f1",
  reading: "Nothing serialises changes in recovery with a restart.",
  follows: cluster,
  breaks: (before, label) => {
    if (label._tag === "OperationBegan")
      return label.path === "old" && label.state !== pre && label.state !== recovery
        ? `operation ${label.operation} takes the old path in ${label.state}`
        : undefined
    if (label._tag !== "StateEntered" && label._tag !== "StateStored") return undefined
    const running = before.running.find(
      ({ node, path, state }) => node === label.node && path === "old" && state !== recovery
    )
    return running === undefined || label.state === pre
      ? undefined
      : `${label.node} goes to ${label.state}, and operation ${running.operation} is on its old path`
  }
})

export const S15 = history<RaftUpgradeLabel, Cluster>("RU-S15", {
  sentence:
    "In recovery a node has nothing to do with group 0; and what an operator writes as its state stays until it begins again.",
  source: "dossier raft-upgrade 4, S15, and 3; service/raft/raft_group0.cc setup_group0, leave_group0",
  reading: "A text that nobody knows is recovery.",
  follows: cluster,
  breaks: (before, label) => {
    if (label._tag === "Booted") {
      const due = stateOf(label.found.state)
      return label.state === due ? undefined : `${label.node} begins in ${label.state}, and its disk says ${due}`
    }
    if (!("node" in label)) return undefined
    const facts = factsOf(before, label.node)
    if (facts === undefined) return undefined
    if (label._tag === "StateStored" && facts.isEdited)
      return `${label.node} writes ${label.state} over what its operator wrote`
    if (!facts.up || facts.state !== recovery) return undefined
    switch (label._tag) {
      case "ServerStarted":
        return `${label.node} is in recovery and serves group ${label.group}`
      case "FiberBegan":
      case "Led":
        return `${label.node} is in recovery and sets out for group 0`
      case "StateStored":
        return `${label.node} is in recovery and writes ${label.state}`
      case "ReconfigurationAsked":
        return `${label.node} is in recovery and reconfigures group ${label.group}`
      case "ExchangeAnswered":
        return label.answer._tag === "None"
          ? undefined
          : `${label.node} is in recovery and answers ${label.answer._tag}`
      default:
        return undefined
    }
  }
})

export const S16 = history<RaftUpgradeLabel, Cluster>("RU-S16", {
  sentence: "A node that comes out of recovery has nothing left of the group 0 before.",
  source: "dossier raft-upgrade 4, S16, and 3, R5",
  follows: cluster,
  breaks: (before, label) => {
    if (label._tag !== "Booted" || stateOf(label.found.state) !== pre) return undefined
    if (factsOf(before, label.node)?.isRecovering !== true) return undefined
    const { group, discovery, history } = label.found
    if (group !== null) return `${label.node} comes out of recovery with group ${group}`
    if (discovery.length > 0) return `${label.node} comes out of recovery with what it discovered before`
    return history === null ? undefined : `${label.node} comes out of recovery with command ${history} behind it`
  }
})

export const S19 = history<RaftUpgradeLabel, null>("RU-S19", {
  sentence: "No node ends itself over what others say, over what it finds, or over time that has run out.",
  source: "dossier raft-upgrade 5, rows 41, 45, 49; scylladb issue 12512",
  follows: nothing,
  breaks: (_, label) => (label._tag === "Crashed" ? `${label.node} ended itself: ${label.why}` : undefined)
})

export const S21 = history<RaftUpgradeLabel, null>("RU-S21", {
  sentence: "A step that has to be tried again waits a second, then twice as long each time, up to 16 seconds.",
  source: "dossier raft-upgrade 2.14, and 5, row 13; scylladb commit 580bdec875",
  follows: nothing,
  breaks: (_, label) => {
    if (label._tag !== "RetryIn") return undefined
    const most = Math.min(greatestRetryMs, firstRetryMs * 2 ** Math.max(0, label.round - 1))
    return label.ms > most ? `${label.node} waits ${label.ms} ms for round ${label.round} of ${label.step}` : undefined
  }
})

export const S22 = history<RaftUpgradeLabel, Cluster>("RU-S22", {
  sentence: "What a node has stored it finds again.",
  source: "dossier raft-upgrade 1, and 5, row 56; scylladb commit c89ead55ff",
  follows: cluster,
  breaks: (before, label) => {
    if (label._tag !== "Booted") return undefined
    const facts = factsOf(before, label.node)
    if (facts === undefined) return undefined
    const { state, group, server } = label.found
    if (state !== facts.stored) return `${label.node} stored ${facts.stored}, and finds ${state}`
    if (group !== facts.group) return `${label.node} stored group ${facts.group}, and finds ${group}`
    return server === facts.server ? undefined : `${label.node} stored server ${facts.server}, and finds ${server}`
  }
})
