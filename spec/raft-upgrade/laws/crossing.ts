/** Laws about crossing over together: S8, S9, S10, S11, S12, S17, S18, S24, V2. */
import { history } from "../../law.ts"
import type { NodeId } from "../../metadata.ts"
import type { RaftUpgradeLabel } from "../labels.ts"
import { type Cluster, cluster } from "../memories/cluster.ts"
import { type Groups, groupNamed, includes, isFirstInPost, membersOf } from "../memories/groups.ts"
import { factsOf } from "../memories/nodes.ts"
import { post, rankOf, recovery, synchronize } from "../states.ts"

/** The node that is the first of its epoch to arrive, where the label says so. */
const firstToArrive = (before: Groups, label: RaftUpgradeLabel): NodeId | undefined =>
  (label._tag === "StateEntered" || label._tag === "Booted") && isFirstInPost(before, label.node, label.state)
    ? label.node
    : undefined

/** Whom a node has made sure of, or else who is in its group by now. */
const crossing = (before: Groups, node: NodeId): ReadonlyArray<NodeId> => {
  const facts = factsOf(before, node)
  return facts?.gathered ?? membersOf(before, facts?.group ?? null)
}

export const S8 = history<RaftUpgradeLabel, Cluster>("RU-S8", {
  sentence: "When the first node begins to use group 0, every other one that is in it has stopped using the old path.",
  source: "dossier raft-upgrade 4, S8; service/raft/raft_group0.cc wait_until_every_node_entered_synchronize",
  reading:
    "Those count that were in the group when the node made sure that all had come: who joins later goes to synchronize first.",
  follows: cluster,
  breaks: (before, label) => {
    const first = firstToArrive(before, label)
    if (first === undefined) return undefined
    const behind = crossing(before, first).find((node) => {
      const facts = node === first ? undefined : factsOf(before, node)
      return facts !== undefined && (rankOf(facts.state) ?? -1) < (rankOf(synchronize) ?? 0)
    })
    return behind === undefined
      ? undefined
      : `${first} uses group 0, and ${behind} is in ${factsOf(before, behind)?.state}`
  }
})

export const S9 = history<RaftUpgradeLabel, Cluster>("RU-S9", {
  sentence: "Once anybody uses group 0, no member has a change on the old path, nor begins one.",
  source: "dossier raft-upgrade 4, S9",
  reading: "Nodes in recovery are no members, nor are those that were given up.",
  follows: cluster,
  breaks: (before, label) => {
    if (label._tag === "StateEntered" && label.state === post) {
      const members = membersOf(before, factsOf(before, label.node)?.group ?? null)
      const late = before.running.find(
        ({ node, path, state }) => path === "old" && state !== recovery && members.includes(node)
      )
      return late === undefined
        ? undefined
        : `${label.node} uses group 0, and operation ${late.operation} of ${late.node} is on its old path`
    }
    if (label._tag !== "OperationBegan" || label.path !== "old" || label.state === recovery) return undefined
    const ahead = before.nodes.find(
      ({ node, state, group, isLost, hasLeft }) =>
        state === post && !isLost && !hasLeft && membersOf(before, group).includes(label.node) && node !== label.node
    )
    return ahead === undefined
      ? undefined
      : `operation ${label.operation} of ${label.node} takes the old path, and ${ahead.node} uses group 0`
  }
})

export const S10 = history<RaftUpgradeLabel, Cluster>("RU-S10", {
  sentence: "When the first node begins to use group 0, all that are in it have the same schema.",
  source: "dossier raft-upgrade 4, S10, and 2.8; service/raft/raft_group0.cc synchronize_schema",
  reading: "Schemas only grow, so who had it once and has another now has more; then not all have the same.",
  follows: cluster,
  breaks: (before, label) => {
    const first = firstToArrive(before, label)
    if (first === undefined) return undefined
    const schema = factsOf(before, first)?.schema ?? []
    const other = crossing(before, first).find((node) => {
      const theirs = factsOf(before, node)?.schema ?? schema
      return !includes(theirs, schema) || !includes(schema, theirs)
    })
    if (other === undefined) return undefined
    const theirs = factsOf(before, other)?.schema ?? []
    return `${first} uses group 0 with schema {${schema.join(", ")}}, and ${other} has {${theirs.join(", ")}}`
  }
})

export const S11 = history<RaftUpgradeLabel, Cluster>("RU-S11", {
  sentence: "No change that a member has made by the old path and acknowledged is missing when group 0 is first used.",
  source: "dossier raft-upgrade 4, S11, and 2.13",
  follows: cluster,
  breaks: (before, label) => {
    const first = firstToArrive(before, label)
    if (first === undefined) return undefined
    const schema = factsOf(before, first)?.schema ?? []
    const lost = before.acknowledged.find(
      ({ node, mutation }) => crossing(before, first).includes(node) && !schema.includes(mutation)
    )
    return lost === undefined
      ? undefined
      : `${first} uses group 0 without ${lost.mutation}, which ${lost.node} has acknowledged`
  }
})

export const S12 = history<RaftUpgradeLabel, Cluster>("RU-S12", {
  sentence:
    "Every node begins to follow the group's commands from the same place: the same schema and the same history.",
  source: "dossier raft-upgrade 4, S12; service/raft/group0_state_machine.cc apply",
  reading: "A command that is effective anywhere is effective everywhere.",
  follows: cluster,
  breaks: (before, label) => {
    if (label._tag !== "CommandApplied") return undefined
    const isIdle = groupNamed(before, label.group)?.idle.includes(label.next) === true
    if (label.effective === isIdle)
      return `command ${label.next} ${label.effective ? "changes" : "does not change"} ${label.node}, unlike the others`
    const { base } = before
    const schema = factsOf(before, label.node)?.schema ?? []
    return base === null || includes(schema, base)
      ? undefined
      : `${label.node} applies command ${label.next} to {${schema.join(", ")}}, and the group began with {${base.join(", ")}}`
  }
})

export const S17 = history<RaftUpgradeLabel, Cluster>("RU-S17", {
  sentence: "Who stops waiting because another is through has the same group, and all that the group began with.",
  source: "dossier raft-upgrade 4, S17; service/raft/raft_group0.cc anyone_finished_upgrade",
  follows: cluster,
  breaks: (before, label) => {
    if (label._tag !== "FinishedEarly") return undefined
    const [facts, other] = [factsOf(before, label.node), factsOf(before, label.of)]
    if (facts === undefined) return undefined
    if (other?.state !== post) return `${label.node} goes by ${label.of}, which is not through`
    if (other.group !== facts.group)
      return `${label.node} of group ${facts.group} goes by ${label.of} of group ${other.group}`
    return before.base === null || includes(facts.schema, before.base)
      ? undefined
      : `${label.node} goes by ${label.of} with {${facts.schema.join(", ")}}, and the group began with {${before.base.join(", ")}}`
  }
})

export const S18 = history<RaftUpgradeLabel, Cluster>("RU-S18", {
  sentence: "Whoever comes to use group 0 later has all that it began with.",
  source: "dossier raft-upgrade 4, S18; scylladb issues 14066, 16683",
  follows: cluster,
  breaks: (before, label) => {
    if (label._tag !== "StateEntered" || label.state !== post || before.base === null) return undefined
    const schema = factsOf(before, label.node)?.schema ?? []
    return includes(schema, before.base)
      ? undefined
      : `${label.node} uses group 0 with {${schema.join(", ")}}, and it began with {${before.base.join(", ")}}`
  }
})

export const S24 = history<RaftUpgradeLabel, Cluster>("RU-S24", {
  sentence: "A node that uses group 0 takes its schema from nowhere else.",
  source: "dossier raft-upgrade 5, rows 39, 40; scylladb commits 0eee196a2e, ec3a35303d",
  reading: "What others have pushed may still arrive; nobody pulls.",
  follows: cluster,
  breaks: (before, label) =>
    label._tag === "SchemaIs" && label.by === "pull" && factsOf(before, label.node)?.state === post
      ? `${label.node} uses group 0, and pulls its schema from another node`
      : undefined
})

export const V2 = history<RaftUpgradeLabel, Cluster>("RU-V2", {
  sentence: "While a node is lost that had not stopped using the old path, nobody begins to use group 0.",
  source: "dossier raft-upgrade 4, V2, and 2.12",
  reading: "The operator may take it off the ring before the others are in a group with it, or go by the recipe.",
  follows: cluster,
  breaks: (before, label) => {
    const first = firstToArrive(before, label)
    const facts = first === undefined ? undefined : factsOf(before, first)
    if (first === undefined || facts === undefined) return undefined
    const concerned = new Set([...facts.peers, ...membersOf(before, facts.group)])
    const lost = before.nodes.find(
      ({ node, isLost, state }) => isLost && concerned.has(node) && (rankOf(state) ?? -1) < (rankOf(synchronize) ?? 0)
    )
    return lost === undefined ? undefined : `${first} uses group 0, and ${lost.node} was lost in ${lost.state}`
  }
})
