/** How a group loses members: what is asked of it, what it agrees on, and what it agrees on too late. Source: dossier 2.4, 2.10. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { GroupId } from "../../../spec/raft-upgrade/ids.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { CallFailure, Configuration, Purpose } from "../../../spec/raft-upgrade/messages.ts"
import { post } from "../../../spec/raft-upgrade/states.ts"
import { type Write, write } from "../../kernel/cell.ts"
import { push } from "../../kernel/channel.ts"
import type { Rule } from "../../kernel/system.ts"
import { trusting } from "./bounds.ts"
import type { NodeCells, Task } from "./cells.ts"
import { type Groups, hasMajority, inForce } from "./group.ts"
import { type Firings, on, type Setting } from "./setting.ts"
import type { UpgradeVariant } from "./variant.ts"
import { votersOf } from "./voters.ts"

export const reconfigurationRules = (
  setting: Setting,
  working: ReadonlyArray<NodeCells>
): ReadonlyArray<Rule<RaftUpgradeLabel>> => [
  ...working.map((node) => reconfigures(setting, node)),
  ...(setting.variant.leftBehind === "takenOut"
    ? setting.cells.nodes.map((node) => takesOutGhosts(setting, node))
    : []),
  ...(setting.bounds.timeouts > 0 ? [takesEffect(setting)] : [])
]

/** What a group is after a change that it agrees on. To ask for the same again changes nothing. */
const changed = (
  { cells, variant }: Setting,
  { members, joint }: Configuration,
  purpose: Purpose,
  of: NodeId
): Configuration => {
  const isIn = members.some(({ node }) => node === of)
  if (purpose !== "becomeNonVoter") return { members: members.filter(({ node }) => node !== of), joint }
  if (isIn) return { members: members.map((one) => (one.node === of ? { ...one, voter: false } : one)), joint }
  const stranger = cells.nodes.find(({ name }) => name === of)
  if (variant.strangersVote === "isNone" || stranger === undefined) return { members, joint }
  const member = { node: of, server: stranger.server, voter: false }
  return { members: [...members, member].sort((one, other) => one.server - other.server), joint }
}

interface Agreed {
  readonly labels: ReadonlyArray<RaftUpgradeLabel>
  readonly writes: ReadonlyArray<Write>
}

/** What a group agrees on, if it has the majority that it needs before and after. */
const agreed = (
  setting: Setting,
  groups: Groups,
  { group, purpose, of }: { readonly group: GroupId; readonly purpose: Purpose; readonly of: NodeId },
  isUp: (node: NodeId) => boolean
): Agreed | null => {
  const now = inForce(groups, group)
  const configuration = changed(setting, now, purpose, of)
  if (!hasMajority(now, isUp) || !hasMajority(configuration, isUp)) return null
  return JSON.stringify(configuration) === JSON.stringify(now)
    ? { labels: [], writes: [] }
    : {
        labels: [{ _tag: "Reconfigured", group, purpose, of, configuration }],
        writes: [write(setting.cells.groups, { _tag: "Configures", group, configuration })]
      }
}

const purposeOf = ({ step, purpose }: Task): Purpose | null =>
  step === "takesVote" ? "becomeNonVoter" : step === "takesOut" ? purpose : null

const after = (task: Task): Task | null => (task.step === "takesVote" ? { ...task, step: "takesOff" } : null)

/** Whether a node finds in the group whom it has to take out of it. */
const isFound = ({ offRing }: UpgradeVariant, { step }: Task): boolean => offRing === "isFound" || step === "takesVote"

/** It asks the group until the group has agreed. What nobody answered may yet be effective, at any time. */
const reconfigures = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells, variant } = setting
  const voters = votersOf(setting)
  return on(
    `${node.name} asks for one to be taken out of the group`,
    {
      actor: node.name,
      fair: trusting(bounds, "A9"),
      reads: [node.task, node.life, node.raft, cells.groups, cells.mayTimeOut, ...voters.reads]
    },
    (task, life, raft, groups, mayTimeOut, ...values): Firings => {
      const purpose = task === null ? null : purposeOf(task)
      if (task === null || purpose === null || raft === null) return []
      if (life.state !== post && variant.removal !== "never") return []
      const { of } = task
      const { group } = raft
      const isIn = inForce(groups, group).members.some((member) => member.node === of)
      const over = write(node.task, after(task))
      if (!isIn || !isFound(variant, task)) return [{ labels: [], writes: [over] }]
      const done = agreed(setting, groups, { group, purpose, of }, voters.answering(values, group))
      if (done === null) return []
      const about = { node: node.name, group, purpose, of } as const
      const asked: RaftUpgradeLabel = { _tag: "ReconfigurationAsked", ...about, via: node.name }
      const answered = (failure: CallFailure | null): RaftUpgradeLabel => ({
        _tag: "ReconfigurationEnded",
        ...about,
        failure
      })
      return [
        { labels: [asked, ...done.labels, answered(null)], writes: [...done.writes, over] },
        ...(mayTimeOut === 0
          ? []
          : [
              {
                labels: [asked, answered("TimedOut")],
                writes: [
                  push(cells.late, { group, purpose, of }),
                  write(cells.mayTimeOut, "spend"),
                  ...(variant.unanswered === "takenForDone" ? [over] : [])
                ]
              }
            ])
      ]
    }
  )
}

/** Whoever has arrived takes out who is off the ring, however far the one came who began that. */
const takesOutGhosts = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells } = setting
  const voters = votersOf(setting)
  return on(
    `${node.name} takes out of the group who is off the ring`,
    {
      actor: node.name,
      fair: trusting(bounds, "A9"),
      reads: [node.ring, node.task, node.life, node.raft, cells.groups, ...voters.reads]
    },
    (ring, task, life, raft, groups, ...values): Firings => {
      if (life.is !== "up" || life.state !== post || raft === null) return []
      const { group } = raft
      const { members } = inForce(groups, group)
      return ring.left
        .filter((ghost) => ghost !== task?.of && ghost !== node.name && members.some((member) => member.node === ghost))
        .flatMap((of): Firings => {
          const about = { node: node.name, group, purpose: "remove", of } as const
          const done = agreed(setting, groups, about, voters.answering(values, group))
          return done === null
            ? []
            : [
                {
                  labels: [
                    { _tag: "ReconfigurationAsked", ...about, via: node.name },
                    ...done.labels,
                    { _tag: "ReconfigurationEnded", ...about, failure: null }
                  ],
                  writes: done.writes
                }
              ]
        })
    }
  )
}

/** The group agrees on something that it was asked for, and whoever asked was not answered. */
const takesEffect = (setting: Setting): Rule<RaftUpgradeLabel> => {
  const { cells } = setting
  const voters = votersOf(setting)
  return on(
    "what was not answered takes effect",
    { actor: "network", fair: "none", reads: [cells.late, cells.groups, ...voters.reads] },
    (late, groups, ...values): Firings =>
      late.flatMap((one, at): Firings => {
        const done = agreed(setting, groups, one, voters.answering(values, one.group))
        return done === null
          ? []
          : [{ labels: done.labels, writes: [...done.writes, write(cells.late, { remove: at })] }]
      })
  )
}
