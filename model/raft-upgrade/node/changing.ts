/** The node's two changes of state (U6, U9), and the schema changes that its clients ask for. Source: dossier 2.2, 2.3. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { StateId } from "../../../spec/raft-upgrade/ids.ts"
import { post, pre, synchronize } from "../../../spec/raft-upgrade/states.ts"
import {
  type Change,
  calling,
  type Doing,
  entering,
  type Fiber,
  going,
  living,
  merging,
  saying,
  writing
} from "./state.ts"
import { type NodeBounds, self } from "./surroundings.ts"
import { leader, type NodeInput } from "./words.ts"

type Locks = Extract<Fiber, { readonly at: "locks" }>

/** A state is changed once no change is on its old path; whoever comes meanwhile waits until that is over. */
export const locking = (doing: Doing, to: Locks["to"]): Doing => changingState(going(doing, { at: "locks", to }))

const changingState = (doing: Doing): Doing => {
  const { fiber, change } = doing.life
  if (fiber.at !== "locks" || change?.is === "onOldPath") return doing
  const { to } = fiber
  const stored = saying(writing(doing, { state: to }), { _tag: "StateStored", node: self, state: to })
  const entered = saying(living(stored, { state: to }), { _tag: "StateEntered", node: self, state: to })
  const next = to === post ? going(entered, { at: "over" }) : entering(entered, "allSynchronize")
  return unqueued(next)
}

const unqueued = (doing: Doing): Doing => {
  const { askers, change } = doing.life
  const told = askers.reduce(stateTold, living(doing, { askers: [] }))
  if (change === null || (change.is !== "queued" && change.is !== "waiting")) return told
  return beginning(told, change)
}

// ---- who asks how far it is -------------------------------------------------------------------------------------------

export const stateAsked = (doing: Doing, by: NodeId): Doing =>
  doing.life.fiber.at === "locks" ? living(doing, { askers: [...doing.life.askers, by] }) : stateTold(doing, by)

const stateTold = (doing: Doing, to: NodeId): Doing =>
  saying(doing, { _tag: "StateTold", node: self, to, state: doing.life.state })

// ---- changes ----------------------------------------------------------------------------------------------------------

export const changeAsked = (was: Doing, { operation, mutation }: Extract<NodeInput, { _tag: "Change" }>): Doing => {
  const doing = { ...was, node: { ...was.node, changes: was.node.changes + 1 } }
  const change: Change = { operation, mutation, is: "queued" }
  return doing.life.fiber.at === "locks" ? living(doing, { change }) : beginning(doing, change)
}

/** It takes the path of the state that the node is in, or waits until that is over. */
const beginning = (doing: Doing, { operation, mutation }: Change): Doing => {
  const { state } = doing.life
  const is = (is: Change["is"]): Doing => living(doing, { change: { operation, mutation, is } })
  if (state === synchronize) return is("waiting")
  const path = state === pre ? "old" : "group0"
  const began = { _tag: "OperationBegan", node: self, operation, path, state, mutation } as const
  if (state === pre) return merging(saying(is("onOldPath"), began), self, "old", [mutation])
  return calling(saying(is("catchesUp"), began), "barrier", leader)
}

/** It is sent to all, and done; and who waits to change the state may. */
export const goingOn = (doing: Doing, { peers }: NodeBounds): Doing => {
  const { change } = doing.life
  if (change === null) return doing
  const { operation, mutation } = change
  const pushed = peers.map((to) => ({ _tag: "PushSent", node: self, to, schema: [mutation] }) as const)
  const over = saying(doing, ...pushed, { _tag: "OperationEnded", node: self, operation })
  return changingState(living(over, { change: null }))
}

export const refusing = (doing: Doing, reason: "Synchronizing" | "NoQuorum"): Doing => {
  const { change } = doing.life
  if (change === null) return doing
  const { operation } = change
  return saying(living(doing, { change: null }), { _tag: "OperationRefused", node: self, operation, reason })
}

/** It has all commands, and asks for its own; or that was agreed on, and comes to it. */
export const commanding = (doing: Doing, what: "barrier" | "commit"): Doing => {
  const { change, serving } = doing.life
  if (change === null || serving === null) return doing
  const { operation, mutation } = change
  if (what === "barrier") return calling(living(doing, { change: { ...change, is: "commits" } }), "commit", leader)
  const next = Number(operation) as StateId
  const applied = saying(writing(doing, { history: next }), {
    _tag: "CommandApplied",
    node: self,
    group: serving,
    next,
    effective: true
  })
  return saying(living(merging(applied, self, "command", [mutation]), { change: null }), {
    _tag: "OperationEnded",
    node: self,
    operation
  })
}
