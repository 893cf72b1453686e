/**
 * The groups that were ever seen, who is in them, and what their first member began with.
 *
 * Source: dossier `raft-upgrade.md` 4. An *epoch* is the time between two erasures of all that is kept of group 0.
 */
import type { NodeId } from "../../metadata.ts"
import type { GroupId, StateId } from "../ids.ts"
import type { RaftUpgradeLabel } from "../labels.ts"
import type { Configuration, SchemaSet } from "../messages.ts"
import { post, type UpgradeState } from "../states.ts"
import { afterNodes, factsOf, type Nodes, nobody } from "./nodes.ts"

export interface Group {
  readonly group: GroupId
  readonly configuration: Configuration | null
  /** The last command that changed whoever had followed all of them; null before the first. */
  readonly head: StateId | null
  /** Commands that changed nothing where all others were followed. */
  readonly idle: ReadonlyArray<StateId>
}

export interface Groups extends Nodes {
  readonly epoch: number
  /** Anything was erased in this epoch. */
  readonly isErasing: boolean
  /** Names of groups that a disk or a message has held in this epoch, in the order of their coming. */
  readonly seen: ReadonlyArray<GroupId>
  /** Who has led discovery in this epoch, but for those that fell before they had stored anything of it. */
  readonly leaders: ReadonlyArray<NodeId>
  readonly known: ReadonlyArray<Group>
  /** The schema of the epoch's first node in `use_post_raft_procedures`; null before there is one. */
  readonly base: SchemaSet | null
}

export const groupNamed = ({ known }: Groups, group: GroupId | null): Group | undefined =>
  known.find((one) => one.group === group)

/** The nodes in a group, as a majority agreed last. */
export const membersOf = (groups: Groups, group: GroupId | null): ReadonlyArray<NodeId> =>
  groupNamed(groups, group)?.configuration?.members.map(({ node }) => node) ?? []

/** Whether all of `part` is in `schema`. */
export const includes = (schema: SchemaSet, part: SchemaSet): boolean => part.every((one) => schema.includes(one))

export const noGroup: Groups = {
  ...nobody,
  epoch: 0,
  isErasing: false,
  seen: [],
  leaders: [],
  known: [],
  base: null
}

export const afterGroups = (before: Groups, label: RaftUpgradeLabel): Groups => {
  const { epoch, isErasing, seen, leaders, known, base } = before
  const now: Groups = { epoch, isErasing, seen, leaders, known, base, ...afterNodes(before, label) }
  switch (label._tag) {
    case "GroupStored":
      return seeing(now, label.group)
    case "ExchangeAnswered":
      return label.answer._tag === "Group" ? seeing(now, label.answer.group) : now
    case "Led":
      return leaders.includes(label.node) ? now : { ...now, leaders: [...leaders, label.node].sort() }
    case "Stopped":
    case "Crashed": {
      const { node } = label
      const hasNothing = factsOf(before, node)?.group === null
      return hasNothing ? { ...now, leaders: leaders.filter((leader) => leader !== node) } : now
    }
    case "Reconfigured": {
      const { configuration } = label
      return knowing(now, label.group, (group) => ({ ...group, configuration }))
    }
    case "CommandCommitted": {
      const { previous, next } = label
      return knowing(now, label.group, (group) =>
        group.head === null || group.head === previous
          ? { ...group, head: next }
          : { ...group, idle: [...group.idle, next] }
      )
    }
    case "StateEntered":
    case "Booted":
      return isFirstInPost(before, label.node, label.state)
        ? { ...now, base: factsOf(now, label.node)?.schema ?? [] }
        : now
    case "Edited":
      return label.edit._tag === "EraseGroup" ? erased({ ...now, isErasing: true }) : erased(now)
    case "DeclaredLost":
      return erased(now)
    default:
      return now
  }
}

/**
 * Whether a node is the first of its epoch in `use_post_raft_procedures` that goes by that, or begins with it: it may have fallen
 * between its disk and its memory. One that was given up comes from an epoch before.
 */
export const isFirstInPost = (before: Groups, node: NodeId, state: UpgradeState): boolean =>
  state === post && before.base === null && factsOf(before, node)?.isLost !== true

const seeing = (now: Groups, group: GroupId): Groups =>
  now.seen.includes(group) ? now : { ...now, seen: [...now.seen, group] }

const knowing = (now: Groups, group: GroupId, change: (known: Group) => Group): Groups => {
  const was = groupNamed(now, group) ?? { group, configuration: null, head: null, idle: [] }
  const others = now.known.filter((one) => one.group !== group)
  return { ...now, known: [...others, change(was)].sort((one, other) => one.group - other.group) }
}

/** Once nobody who is left has anything of group 0, another epoch begins. */
const erased = (now: Groups): Groups => {
  const left = now.nodes.filter(({ isLost, hasLeft }) => !isLost && !hasLeft)
  const isOver = left.every(
    ({ group, discovery, history }) => group === null && discovery.length === 0 && history === null
  )
  return now.isErasing && isOver
    ? { ...now, epoch: now.epoch + 1, isErasing: false, seen: [], leaders: [], base: null }
    : now
}
