/**
 * What every law goes by: nodes, groups, and schema changes on their way, acknowledged and turned away.
 *
 * It is one memory for all laws, since it grows with the cluster: a second one would be as large again.
 */
import type { Memory } from "../../law.ts"
import type { NodeId } from "../../metadata.ts"
import type { Mutation, OperationId } from "../ids.ts"
import type { RaftUpgradeLabel } from "../labels.ts"
import type { Path } from "../messages.ts"
import { post, type UpgradeState } from "../states.ts"
import { afterGroups, type Groups, noGroup } from "./groups.ts"

export interface Operation {
  readonly node: NodeId
  readonly operation: OperationId
  readonly path: Path
  /** What its node went by as it began. */
  readonly state: UpgradeState
  readonly mutation: Mutation
}

export interface Acknowledged {
  readonly node: NodeId
  readonly mutation: Mutation
}

export interface Cluster extends Groups {
  /** Some node has ended since the beginning. */
  readonly hasFallen: boolean
  readonly running: ReadonlyArray<Operation>
  /** Made by the old path, until there is somebody in `use_post_raft_procedures`. */
  readonly acknowledged: ReadonlyArray<Acknowledged>
  /** Who turned a change away for being in synchronize, and has taken none since. */
  readonly refusing: ReadonlyArray<NodeId>
}

export const cluster: Memory<Cluster, RaftUpgradeLabel> = {
  name: "cluster",
  init: { ...noGroup, hasFallen: false, running: [], acknowledged: [], refusing: [] },
  on: (before, label) => {
    const { hasFallen, running, acknowledged, refusing } = before
    const now: Cluster = { ...afterGroups(before, label), hasFallen, running, acknowledged, refusing }
    switch (label._tag) {
      case "OperationBegan": {
        const { node, operation, path, state, mutation } = label
        return {
          ...now,
          running: [...running, { node, operation, path, state, mutation }].sort(byNumber),
          refusing: refusing.filter((one) => one !== node)
        }
      }
      case "OperationRefused": {
        const left = { ...now, running: running.filter(({ operation }) => operation !== label.operation) }
        return label.reason === "Synchronizing"
          ? { ...left, refusing: [...new Set([...refusing, label.node])].sort() }
          : left
      }
      case "OperationEnded": {
        const ended = running.find(({ operation }) => operation === label.operation)
        const left = { ...now, running: running.filter((one) => one !== ended) }
        if (ended === undefined || ended.path !== "old" || now.base !== null) return left
        const { node, mutation } = ended
        return { ...left, acknowledged: [...acknowledged, { node, mutation }] }
      }
      case "StateEntered":
        return label.state === post
          ? { ...now, acknowledged: [], refusing: refusing.filter((one) => one !== label.node) }
          : now
      case "Stopped":
      case "Crashed":
        return {
          ...now,
          hasFallen: true,
          running: running.filter(({ node }) => node !== label.node),
          refusing: refusing.filter((one) => one !== label.node)
        }
      default:
        return now
    }
  }
}

const byNumber = (one: Operation, other: Operation): number => one.operation - other.operation
