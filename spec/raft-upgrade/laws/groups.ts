/** Laws about which group there is, and who is in it: S1, S2, S3, S4, S13, S14, S20, S23. */
import { history } from "../../law.ts"
import type { RaftUpgradeLabel } from "../labels.ts"
import { type Cluster, cluster } from "../memories/cluster.ts"
import { groupNamed } from "../memories/groups.ts"
import { factsOf, type NodeFacts } from "../memories/nodes.ts"
import type { PeerList } from "../messages.ts"
import { post, synchronize } from "../states.ts"

export const S1 = history<RaftUpgradeLabel, Cluster>("RU-S1", {
  sentence: "Until all of group 0 is erased there is one group: no other is stored by anybody, or told of.",
  source: "dossier raft-upgrade 4, S1",
  reading: "A name that its inventor forgot before anybody else could know of it does not count.",
  follows: cluster,
  breaks: (before, label, after) => {
    if (label._tag !== "GroupStored" && label._tag !== "ExchangeAnswered") return undefined
    const [first] = before.seen
    const second = after.seen.find((group) => !before.seen.includes(group))
    return first === undefined || second === undefined
      ? undefined
      : `there is group ${first}, and ${label.node} has group ${second}`
  }
})

export const S2 = history<RaftUpgradeLabel, Cluster>("RU-S2", {
  sentence: "A node tells of a group only once the group's name is on its own disk.",
  source: "dossier raft-upgrade 4, S2, and 2.6; service/raft/raft_group0.cc join_group0",
  follows: cluster,
  breaks: (before, label) => {
    if (label._tag !== "ExchangeAnswered" || label.answer._tag !== "Group") return undefined
    const { group } = label.answer
    const stored = factsOf(before, label.node)?.group ?? null
    return stored === group ? undefined : `${label.node} tells ${label.to} of group ${group}, which it has not stored`
  }
})

const unstored = (facts: NodeFacts | undefined, peers: PeerList) =>
  peers.find(
    ({ node, server }) =>
      node !== facts?.node &&
      facts?.discovery.some((known) => known.node === node && (server === null || known.server === server)) !== true
  )

export const S3 = history<RaftUpgradeLabel, Cluster>("RU-S3", {
  sentence: "A node tells of another, and of its server, only once that is on its own disk.",
  source: "dossier raft-upgrade 4, S3; scylladb commit 4147ef94b0, issue 9593",
  reading: "Of itself it may tell whatever it knows, and of another less than it has stored by now.",
  follows: cluster,
  breaks: (before, label) => {
    const told =
      label._tag === "ExchangeAsked"
        ? label.peers
        : label._tag === "ExchangeAnswered" && label.answer._tag === "Peers"
          ? label.answer.peers
          : undefined
    if (told === undefined || (label._tag !== "ExchangeAsked" && label._tag !== "ExchangeAnswered")) return undefined
    const first = unstored(factsOf(before, label.node), told)
    return first === undefined ? undefined : `${label.node} tells ${label.to} of ${first.node}, and has not stored that`
  }
})

export const S4 = history<RaftUpgradeLabel, Cluster>("RU-S4", {
  sentence: "Until all of group 0 is erased, one node at most creates it.",
  source: "dossier raft-upgrade 4, S4; service/raft/discovery.cc maybe_become_leader",
  reading:
    "The same node may do so again after a fall. Who fell before it stored the group has created nothing: another may come first then, of which it had not heard.",
  follows: cluster,
  breaks: ({ leaders }, label) => {
    if (label._tag !== "Led") return undefined
    const other = leaders.find((node) => node !== label.node)
    return other === undefined ? undefined : `${label.node} creates the group, and so did ${other}`
  }
})

export const S13 = history<RaftUpgradeLabel, Cluster>("RU-S13", {
  sentence:
    "A node goes to synchronize only when all of its peers are in the group, and nobody is on the way in or out.",
  source: "dossier raft-upgrade 4, S13, and 2.7, U3; service/raft/raft_group0.cc wait_until_every_peer_joined_group0",
  reading: "A new node, which goes there as it is about to join, does not wait for others.",
  follows: cluster,
  breaks: (before, label) => {
    if (label._tag !== "StateEntered" || label.state !== synchronize) return undefined
    const facts = factsOf(before, label.node)
    if (facts === undefined || !facts.hasFiber) return undefined
    const configuration = groupNamed(before, facts.group)?.configuration
    if (configuration?.joint === true) return `${label.node} goes to synchronize while its group changes`
    const missing = facts.peers.find((peer) => configuration?.members.every(({ node }) => node !== peer) !== false)
    return missing === undefined ? undefined : `${label.node} goes to synchronize, and ${missing} is not in its group`
  }
})

export const S14 = history<RaftUpgradeLabel, Cluster>("RU-S14", {
  sentence: "Nobody takes anybody out of the group, or its vote, before he has arrived there himself.",
  source: "dossier raft-upgrade 4, S14; service/raft/raft_group0.cc leave_group0, remove_from_group0",
  follows: cluster,
  breaks: (before, label) => {
    if (label._tag !== "ReconfigurationAsked") return undefined
    if (label.purpose !== "leave" && label.purpose !== "remove" && label.purpose !== "becomeNonVoter") return undefined
    const facts = factsOf(before, label.node)
    if (facts?.state !== post) return `${label.node} asks to ${label.purpose} ${label.of}, and is in ${facts?.state}`
    return facts.serving === label.group
      ? undefined
      : `${label.node} asks to ${label.purpose} ${label.of}, and has no server of group ${label.group}`
  }
})

export const S20 = history<RaftUpgradeLabel, Cluster>("RU-S20", {
  sentence: "Nobody comes into a group but by joining it, or by creating it.",
  source: "dossier raft-upgrade 5, row 57; scylladb commit 3b9765dac8",
  follows: cluster,
  breaks: (before, label) => {
    if (label._tag !== "Reconfigured") return undefined
    const members = groupNamed(before, label.group)?.configuration?.members ?? []
    const stray = label.configuration.members.find(
      ({ node }) =>
        members.every((member) => member.node !== node) &&
        !(node === label.of && (label.purpose === "join" || label.purpose === "create"))
    )
    return stray === undefined
      ? undefined
      : `${stray.node} is in group ${label.group} by a ${label.purpose} of ${label.of}`
  }
})

export const S23 = history<RaftUpgradeLabel, Cluster>("RU-S23", {
  sentence: "A node that is in a group takes nobody from another group for its peer.",
  source: "dossier raft-upgrade 5, row 9; scylladb issue 14448",
  follows: cluster,
  breaks: (before, label) => {
    if (label._tag !== "PeersKnown") return undefined
    const own = factsOf(before, label.node)?.group ?? null
    if (own === null) return undefined
    const stranger = label.peers.find((peer) => (factsOf(before, peer)?.group ?? own) !== own)
    return stranger === undefined
      ? undefined
      : `${label.node} is in group ${own} and takes ${stranger} for its peer, which is in another`
  }
})
