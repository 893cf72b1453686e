/** The node's two changes of state (U6, U9), and the schema changes that its clients ask for. Source: dossier 2.2, 2.3. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { StateId } from "../../../spec/raft-upgrade/ids.ts"
import type { Refusal } from "../../../spec/raft-upgrade/messages.ts"
import { post, synchronize } from "../../../spec/raft-upgrade/states.ts"
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
  if (doing.node.disk.state !== doing.life.text) return unqueued(edited(doing))
  const stored = saying(writing(doing, { state: to }), { _tag: "StateStored", node: self, state: to })
  const entered = saying(living(stored, { state: to, text: to }), { _tag: "StateEntered", node: self, state: to })
  const next = to === post ? going(entered, { at: "over" }) : entering(entered, "allSynchronize")
  return unqueued(next)
}

/** Row 47: what an operator has written stays, and the node has nowhere to go. */
const edited = (doing: Doing): Doing =>
  saying(going(doing, { at: "over" }), {
    _tag: "FiberFailed",
    node: self,
    why: "an operator has written another state"
  })

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
  const change: Change = { operation, mutation, is: "queued", previous: null }
  return doing.life.fiber.at === "locks" ? living(doing, { change }) : beginning(doing, change)
}

/** It takes the path of the state that the node is in, or waits until that is over. */
const beginning = (doing: Doing, { operation, mutation }: Change): Doing => {
  const { state } = doing.life
  const is = (is: Change["is"]): Doing => living(doing, { change: { operation, mutation, is, previous: null } })
  if (state === synchronize) return is("waiting")
  const path = state === post ? "group0" : "old"
  const began = { _tag: "OperationBegan", node: self, operation, path, state, mutation } as const
  if (state !== post) return merging(saying(is("onOldPath"), began), self, "old", [mutation])
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

export const refusing = (doing: Doing, reason: Refusal): Doing => {
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
  if (what === "barrier")
    return calling(
      living(doing, { change: { ...change, is: "commits", previous: doing.node.disk.history } }),
      "commit",
      leader
    )
  const effective = change.previous === doing.node.disk.history
  const applied = applying(doing, Number(operation) as StateId, mutation, effective)
  if (!effective) return refusing(applied, "ConcurrentModification")
  return saying(living(applied, { change: null }), { _tag: "OperationEnded", node: self, operation })
}

/** A command that was made from something else than what the node has come to changes nothing. */
export const applying = (doing: Doing, next: StateId, mutation: Change["mutation"], effective: boolean): Doing => {
  const { serving: group } = doing.life
  if (group === null) return doing
  const told = { _tag: "CommandApplied", node: self, group, next, effective } as const
  if (!effective) return saying(doing, told)
  return merging(saying(writing(doing, { history: next }), told), self, "command", [mutation])
}
