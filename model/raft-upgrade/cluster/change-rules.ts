/** Schema changes: on the old path, and by group 0. Source: dossier `raft-upgrade.md` 2.2, 2.3, 2.13. */
import type { Mutation, OperationId, StateId } from "../../../spec/raft-upgrade/ids.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { post, pre, recovery, synchronize } from "../../../spec/raft-upgrade/states.ts"
import { write } from "../../kernel/cell.ts"
import { push } from "../../kernel/channel.ts"
import type { Rule } from "../../kernel/system.ts"
import { trusting } from "./bounds.ts"
import { type Change, type Fiber, merged, type NodeCells, versionOf } from "./cells.ts"
import { groupOf, hasMajority, inForce } from "./group.ts"
import { type Firings, isOnRing, isOutside, on, peersOf, type Setting } from "./setting.ts"
import { votersOf } from "./voters.ts"

/** Names of changes: so many of each node. */
const changesOfOne = 8

export const changeRules = (setting: Setting): ReadonlyArray<Rule<RaftUpgradeLabel>> => {
  const { bounds } = setting
  return setting.cells.nodes.flatMap((node) => [
    ...(bounds.old.includes(node.name) ? [begins(setting, node), merges(setting, node), ends(setting, node)] : []),
    ...(bounds.old.includes(node.name) && bounds.pushes === "anyTime" ? [pushesFirst(setting, node)] : []),
    ...(bounds.old.length > 0 ? [receives(setting, node)] : []),
    ...(bounds.old.length > 0 && bounds.losses > 0 ? [loses(setting, node)] : []),
    ...(bounds.group0.includes(node.name)
      ? [sets(setting, node), commits(setting, node), hasCommitted(setting, node)]
      : []),
    ...(bounds.group0.length > 0 ? [applies(setting, node)] : [])
  ])
}

const named = (node: NodeCells, left: number, path: Change["path"]): Pick<Change, "operation" | "mutation"> => {
  const operation = (node.server * changesOfOne + left + (path === "old" ? 0 : changesOfOne / 2)) as OperationId
  return { operation, mutation: `${node.name.toLowerCase()}${path === "old" ? left : `g${left}`}` as Mutation }
}

/** Whether somebody changes this node's state, or waits until it may. */
const isLocked = (fiber: Fiber | null): boolean => fiber?.at === "locking" || fiber?.at === "stored"

/** A client asks for a change. It takes the old path, under the lock unless its node is in recovery, or is turned away. */
const begins = ({ variant }: Setting, node: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} begins a change on the old path`,
    { actor: "client", fair: "none", reads: [node.life, node.fiber, node.change, node.mayChange] },
    (life, fiber, change, left): Firings => {
      if (life.is !== "up" || change !== null || left === 0) return []
      if (isOutside(node, life) && variant.newcomersTake === "nothing") return []
      const names = named(node, left, "old")
      const spent = write(node.mayChange, "spend")
      if (life.state === synchronize && variant.inSynchronize === "refuses") {
        const { operation } = names
        return [
          {
            labels: [{ _tag: "OperationRefused", node: node.name, operation, reason: "Synchronizing" }],
            writes: [spent]
          }
        ]
      }
      if (life.state !== pre && life.state !== recovery) return []
      if (life.state === pre && variant.getter === "locked" && isLocked(fiber)) return []
      const begun: Change = { ...names, path: "old", state: life.state, step: "begun" }
      const { step: _, ...told } = begun
      return [
        {
          labels: [{ _tag: "OperationBegan", node: node.name, ...told }],
          writes: [write(node.change, begun), spent]
        }
      ]
    }
  )

/** It is merged here, and sent to everybody who is taken to be up. */
const merges = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells, variant } = setting
  const others = peersOf(setting, node)
  return on(
    `${node.name} merges its change`,
    {
      actor: node.name,
      fair: trusting(bounds, "A9"),
      reads: [node.change, node.fiber, node.schema, node.ring, ...others.map(({ life }) => life)]
    },
    (change, fiber, schema, ring, ...lives): Firings => {
      if (change?.path !== "old" || (change.step !== "begun" && change.step !== "pushed")) return []
      // It asks for a lock that it has, and somebody who waits to change the state stands before it.
      if (variant.nested === "asksAgain" && isLocked(fiber)) return []
      const both = merged(schema, [change.mutation])
      const isSent = change.step === "pushed"
      const live = others.filter((other, at) => !isSent && lives[at]?.is === "up" && isOnRing(ring, other))
      return [
        {
          labels: [
            { _tag: "SchemaIs", node: node.name, by: "old", schema: both, version: versionOf(both) },
            ...live.map(
              ({ name }): RaftUpgradeLabel => ({
                _tag: "PushSent",
                node: node.name,
                to: name,
                schema: [change.mutation]
              })
            )
          ],
          writes: [
            write(node.schema, both),
            write(node.change, { ...change, step: "applied" }),
            push(cells.pushes, ...live.map(({ name }) => ({ from: node.name, to: name, mutation: change.mutation })))
          ]
        }
      ]
    }
  )
}

const ends = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} ends its change`,
    { actor: node.name, fair: trusting(setting.bounds, "A9"), reads: [node.change] },
    (change): Firings =>
      change?.path === "old" && change.step === "applied"
        ? [
            {
              labels: [{ _tag: "OperationEnded", node: node.name, operation: change.operation }],
              writes: [write(node.change, setting.variant.guard === "forEver" ? { ...change, step: "kept" } : null)]
            }
          ]
        : []
  )

/** It is sent to everybody before it is merged here. */
const pushesFirst = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells } = setting
  const others = peersOf(setting, node)
  return on(
    `${node.name} pushes its change before it is merged`,
    { actor: node.name, fair: trusting(bounds, "A9"), reads: [node.change, ...others.map(({ life }) => life)] },
    (change, ...lives): Firings => {
      if (change?.path !== "old" || change.step !== "begun") return []
      const live = others.filter((_, at) => lives[at]?.is === "up")
      const schema = [change.mutation]
      return [
        {
          labels: live.map(({ name }): RaftUpgradeLabel => ({ _tag: "PushSent", node: node.name, to: name, schema })),
          writes: [
            write(node.change, { ...change, step: "pushed" }),
            push(cells.pushes, ...live.map(({ name }) => ({ from: node.name, to: name, mutation: change.mutation })))
          ]
        }
      ]
    }
  )
}

/** What was pushed is merged, whatever state the receiver is in. */
const receives = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells } = setting
  return on(
    `${node.name} receives what was pushed`,
    { actor: node.name, fair: trusting(bounds, "A9"), reads: [node.life, node.schema, cells.pushes] },
    (life, schema, pushes): Firings =>
      life.is !== "up"
        ? []
        : pushes.flatMap(({ to, mutation }, at): Firings => {
            if (to !== node.name) return []
            const both = merged(schema, [mutation])
            return [
              {
                labels: [{ _tag: "SchemaIs", node: node.name, by: "push", schema: both, version: versionOf(both) }],
                writes: [write(node.schema, both), write(cells.pushes, { remove: at })]
              }
            ]
          })
  )
}

const loses = ({ cells }: Setting, node: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `a push to ${node.name} is lost`,
    { actor: "network", fair: "none", reads: [cells.pushes, cells.mayLose] },
    (pushes, left): Firings =>
      left === 0
        ? []
        : pushes.flatMap(
            ({ to }, at): Firings =>
              to === node.name
                ? [{ labels: [], writes: [write(cells.pushes, { remove: at }), write(cells.mayLose, "spend")] }]
                : []
          )
  )

// ---- by group 0 ---------------------------------------------------------------------------------------------------

/** A client asks for a change of a node that uses group 0. */
const sets = (_: Setting, node: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} begins a change by group 0`,
    { actor: "client", fair: "none", reads: [node.life, node.fiber, node.change, node.mayCommit] },
    (life, fiber, change, left): Firings => {
      if (life.is !== "up" || life.state !== post || change !== null || left === 0) return []
      if (isOutside(node, life)) return []
      if (fiber?.at === "starting")
        return [
          {
            labels: [{ _tag: "Crashed", node: node.name, why: "its server of the group does not run" }],
            writes: [write(node.life, { ...life, is: "down" }), write(node.fiber, null), write(node.mayCommit, "spend")]
          }
        ]
      const begun: Change = { ...named(node, left, "group0"), path: "group0", state: post, step: "begun" }
      const { step: _step, ...told } = begun
      return [
        {
          labels: [{ _tag: "OperationBegan", node: node.name, ...told }],
          writes: [write(node.change, begun), write(node.mayCommit, "spend")]
        }
      ]
    }
  )

/** It has followed all commands, and a majority agrees on one more. */
const commits = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells } = setting
  const voters = votersOf(setting)
  return on(
    `${node.name} commits its change`,
    {
      actor: node.name,
      fair: trusting(bounds, "A9"),
      reads: [node.change, node.raft, node.disk, cells.groups, ...voters.reads]
    },
    (change, raft, disk, groups, ...values): Firings => {
      if (change?.path !== "group0" || change.step !== "begun" || raft === null) return []
      const { group } = raft
      const length = groupOf(groups, group)?.log.length ?? 0
      if (raft.applied < length || !hasMajority(inForce(groups, group), voters.answering(values, group))) return []
      const next = (length + 1) as StateId
      const { operation, mutation } = change
      const command = { previous: disk.history, next, mutation, by: node.name, operation }
      return [
        {
          labels: [{ _tag: "CommandCommitted", group, ...command }],
          writes: [
            write(cells.groups, { _tag: "Appends", group, entry: command }),
            write(node.change, { ...change, step: "applied" })
          ]
        }
      ]
    }
  )
}

/** Its own command has come back to it. */
const hasCommitted = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> =>
  on(
    `${node.name} has committed its change`,
    { actor: node.name, fair: trusting(setting.bounds, "A9"), reads: [node.change, node.raft, setting.cells.groups] },
    (change, raft, groups): Firings => {
      if (change?.path !== "group0" || change.step !== "applied" || raft === null) return []
      const at = groupOf(groups, raft.group)?.log.findIndex(({ operation }) => operation === change.operation) ?? -1
      return at < 0 || raft.applied <= at
        ? []
        : [
            {
              labels: [{ _tag: "OperationEnded", node: node.name, operation: change.operation }],
              writes: [write(node.change, null)]
            }
          ]
    }
  )

/** A member follows the log, in its own time. A command that was made from another state than its own changes nothing. */
const applies = (setting: Setting, node: NodeCells): Rule<RaftUpgradeLabel> => {
  const { bounds, cells } = setting
  const voters = votersOf(setting)
  return on(
    `${node.name} applies a command`,
    {
      actor: node.name,
      fair: trusting(bounds, "A9"),
      reads: [node.raft, node.disk, node.schema, cells.groups, ...voters.reads]
    },
    (raft, disk, schema, groups, ...values): Firings => {
      const entry = raft === null ? undefined : groupOf(groups, raft.group)?.log[raft.applied]
      if (raft === null || entry === undefined) return []
      // Whoever its group has told nothing yet, or tells nothing any more, follows no commands.
      if (raft.isDeaf === true || (node.isNew && raft.configurations === 0)) return []
      const isUp = voters.answering(values, raft.group)
      if (!isUp(node.name) || !hasMajority(inForce(groups, raft.group), isUp)) return []
      const effective = entry.previous === disk.history
      const both = merged(schema, [entry.mutation])
      const applied: RaftUpgradeLabel = {
        _tag: "CommandApplied",
        node: node.name,
        group: raft.group,
        next: entry.next,
        effective
      }
      return [
        {
          labels: effective
            ? [applied, { _tag: "SchemaIs", node: node.name, by: "command", schema: both, version: versionOf(both) }]
            : [applied],
          writes: [
            write(node.raft, { ...raft, applied: raft.applied + 1 }),
            ...(effective ? [write(node.schema, both), write(node.disk, { ...disk, history: entry.next })] : [])
          ]
        }
      ]
    }
  )
}
