/** Laws about waiting: V1, V3, V4, V5, V6, V7, V8, V9. */
import { leadsTo } from "../../law.ts"
import type { RaftUpgradeLabel } from "../labels.ts"
import { type Cluster, cluster } from "../memories/cluster.ts"
import { type Groups, groupNamed } from "../memories/groups.ts"
import type { NodeFacts } from "../memories/nodes.ts"
import { post, recovery, synchronize } from "../states.ts"

/** Everything that the environment owes but the operator's recipe. */
const all = ["RU-A1", "RU-A2", "RU-A3", "RU-A4", "RU-A5", "RU-A6", "RU-A8", "RU-A9", "RU-A10"]

/** Normal members of the ring that nobody has given up. */
const leftOf = ({ nodes }: Groups): ReadonlyArray<NodeFacts> =>
  nodes.filter(({ isNormal, isLost, hasLeft }) => isNormal && !isLost && !hasLeft)

const isWhole = ({ nodes }: Groups): boolean => nodes.every(({ isLost, hasLeft }) => !isLost || hasLeft)

/** Who has not arrived, of a cluster of which every node has seen the feature. */
const waiting = (now: Groups): string | undefined => {
  const left = leftOf(now)
  if (left.some(({ sawFeature, state }) => !sawFeature || state === recovery)) return undefined
  const late = left.find(({ state }) => state !== post)
  return late === undefined ? undefined : `${late.node} is in ${late.state}`
}

export const V1 = leadsTo<RaftUpgradeLabel, Cluster>("RU-V1", {
  sentence: "A cluster of which every node has seen the feature comes to use group 0, if none of them falls.",
  source: "dossier raft-upgrade 4, V1",
  given: all,
  follows: cluster,
  pending: (now) => (now.epoch === 0 && !now.hasFallen && isWhole(now) ? waiting(now) : undefined)
})

export const V3 = leadsTo<RaftUpgradeLabel, Cluster>("RU-V3", {
  sentence:
    "A node in synchronize comes to use group 0 once a member of its group does, whatever becomes of the others.",
  source: "dossier raft-upgrade 4, V3",
  given: ["RU-A1", "RU-A8", "RU-A9"],
  reading: "As long as one of those stays.",
  follows: cluster,
  pending: (now) => {
    const left = leftOf(now)
    for (const { node, up, state, group } of now.nodes) {
      if (!up || state !== synchronize) continue
      const ahead = left.find((other) => other.up && other.state === post && other.group === group)
      if (ahead !== undefined) return `${node} is in synchronize, and ${ahead.node} uses group 0`
    }
    return undefined
  }
})

export const V4 = leadsTo<RaftUpgradeLabel, Cluster>("RU-V4", {
  sentence: "Once all that was of group 0 is erased as the recipe says, those that are left come to use a new one.",
  source: "dossier raft-upgrade 4, V4, and 3",
  given: [...all, "RU-A11"],
  follows: cluster,
  pending: (now) => {
    if (now.epoch === 0) return undefined
    const late = leftOf(now).find(({ state }) => state !== post)
    return late === undefined ? undefined : `${late.node} is in ${late.state}`
  }
})

export const V5 = leadsTo<RaftUpgradeLabel, Cluster>("RU-V5", {
  sentence: "A schema change by group 0 is over in the end: a majority of its voters is enough.",
  source: "dossier raft-upgrade 4, V5",
  given: ["RU-A3", "RU-A8", "RU-A9"],
  follows: cluster,
  pending: (now) => {
    const running = now.running.find(({ path }) => path === "group0")
    if (running === undefined) return undefined
    const { group = null } = now.nodes.find(({ node }) => node === running.node) ?? {}
    const voters = groupNamed(now, group)?.configuration?.members.filter(({ voter }) => voter) ?? []
    const up = voters.filter(({ node }) => now.nodes.some((known) => known.node === node && known.up))
    return up.length * 2 > voters.length ? `operation ${running.operation} of ${running.node} is not over` : undefined
  }
})

export const V6 = leadsTo<RaftUpgradeLabel, Cluster>("RU-V6", {
  sentence: "A change on the old path is over in the end, and who turns changes away takes them again in the end.",
  source: "dossier raft-upgrade 4, V6",
  given: [...all, "RU-A11"],
  follows: cluster,
  pending: (now) => {
    const running = now.running.find(({ path }) => path === "old")
    if (running !== undefined) return `operation ${running.operation} of ${running.node} is on its old path`
    const [refusing] = isWhole(now) ? now.refusing : []
    return refusing === undefined ? undefined : `${refusing} turns schema changes away`
  }
})

export const V7 = leadsTo<RaftUpgradeLabel, Cluster>("RU-V7", {
  sentence: "However often nodes fall and come back, wherever they are on the way, the cluster comes to use group 0.",
  source: "dossier raft-upgrade 4, V7, and 2.11",
  given: [...all, "RU-A11"],
  follows: cluster,
  pending: (now) => (now.epoch === 0 && now.hasFallen && isWhole(now) ? waiting(now) : undefined)
})

export const V8 = leadsTo<RaftUpgradeLabel, Cluster>("RU-V8", {
  sentence: "Who is off the ring is out of the group in the end.",
  source: "dossier raft-upgrade 5, rows 32, 35, 36, 37; scylladb issue 11723",
  given: ["RU-A8", "RU-A9"],
  reading: "Where there is somebody who uses it: before that nobody can be taken out.",
  follows: cluster,
  pending: (now) => {
    for (const { group, state, node } of leftOf(now)) {
      if (state !== post) continue
      const members = groupNamed(now, group)?.configuration?.members ?? []
      const ghost = members.find((member) => now.nodes.some((known) => known.node === member.node && known.hasLeft))
      if (ghost !== undefined) return `${ghost.node} is off the ring, and in the group of ${node}`
    }
    return undefined
  }
})

export const V9 = leadsTo<RaftUpgradeLabel, Cluster>("RU-V9", {
  sentence: "Whoever looks for the group is in one in the end.",
  source: "dossier raft-upgrade 2.5, goal, and 4, V1",
  given: ["RU-A1", "RU-A2", "RU-A3", "RU-A5", "RU-A6", "RU-A8", "RU-A9", "RU-A11"],
  follows: cluster,
  pending: (now) => {
    const looking = isWhole(now) ? now.nodes.find(({ isLooking }) => isLooking) : undefined
    return looking === undefined ? undefined : `${looking.node} looks for a group`
  }
})
