/** What a node on its way does about an input, until it waits for somebody else again. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { Edit } from "../../../spec/raft-upgrade/messages.ts"
import { post, recovery, stateOf, synchronize } from "../../../spec/raft-upgrade/states.ts"
import { applying, changeAsked, commanding, goingOn, locking, refusing, stateAsked } from "./changing.ts"
import { askedIn, asksToBegin, checkingAll, configured, isIn, joining, looking, searching, serving } from "./joining.ts"
import { askingStates, askingVersions, others, pulled, stateHeard, tookOver, versionHeard } from "./questions.ts"
import { type Attempt, type Doing, entering, going, type Life, merging, type Node, saying } from "./state.ts"
import { type NodeBounds, self } from "./surroundings.ts"
import type { NodeInput, NodeSaid } from "./words.ts"

export interface Stepped {
  readonly node: Node
  readonly said: ReadonlyArray<NodeSaid>
}

/** A node takes an input, which it is in a state to be given. */
export const afterInput = (node: Node, input: NodeInput, bounds: NodeBounds): Stepped => {
  if (input._tag === "Falls") return { node: { ...node, life: null }, said: [{ _tag: "Stopped", node: self }] }
  if (input._tag === "Begins") return resting(beginning(node, input, bounds), bounds)
  if (input._tag === "Edited") return { node: edited(node, input.edit), said: [{ ...input, node: self }] }
  if (node.life === null) return { node, said: [] }
  return resting(taking({ node: holding(node, input), life: node.life, said: [] }, input, bounds), bounds)
}

/** Running code does not notice. */
const edited = (node: Node, edit: Edit): Node => ({
  ...node,
  disk: { ...node.disk, ...writtenBy(edit) },
  edits: node.edits + 1
})

const writtenBy = (edit: Edit): Partial<Node["disk"]> => {
  switch (edit._tag) {
    case "WriteState":
      return { state: edit.text }
    case "DeleteState":
      return { state: null }
    case "EraseGroup":
      return { group: null }
    case "EraseDiscovery":
      return { discovery: [] }
    case "EraseHistory":
      return { history: null }
    case "EraseServer":
      return { server: null }
  }
}

/** Who has told of a group is in it, and looks no more. */
const holding = (node: Node, input: NodeInput): Node =>
  input._tag === "PeersAnswered" && input.answer._tag === "Group" && !node.holders.includes(input.by)
    ? { ...node, holders: [...node.holders, input.by].sort() }
    : node

/** The node goes on through its steps until it waits. */
const resting = (doing: Doing, bounds: NodeBounds): Stepped => {
  let now = doing
  for (let { fiber } = now.life; fiber.at === "enters"; fiber = now.life.fiber)
    now = entered(now, fiber.attempt, bounds)
  return { node: { ...now.node, life: now.life }, said: now.said }
}

const entered = (doing: Doing, attempt: Attempt, bounds: NodeBounds): Doing => {
  switch (attempt.step) {
    case "dryRunOnPeers":
      return askingStates(doing, attempt, bounds.peers)
    case "join":
      return joining(doing, bounds)
    case "allJoined":
      return checkingAll(doing, attempt, bounds)
    case "firstSync":
    case "secondSync":
      return askingVersions(doing, attempt)
    case "dryRunOnMembers":
      return askingStates(doing, attempt, others(doing))
    case "toSynchronize":
      return locking(doing, synchronize)
    case "allSynchronize":
      return askingStates(
        doing,
        attempt,
        others(doing).filter((node) => attempt.isSilent || !attempt.entered.includes(node))
      )
    case "toPost":
      return locking(doing, post)
  }
}

/** It begins with what is on its disk: the server of its group first, and then the way on to where it was going. */
const beginning = (
  node: Node,
  { server, group }: Extract<NodeInput, { _tag: "Begins" }>,
  { peers }: NodeBounds
): Doing => {
  const { rows: _, ...found } = node.disk
  const state = stateOf(found.state)
  const life: Life = {
    state,
    text: found.state,
    serving: null,
    fiber: { at: "over" },
    leftAlone: 0,
    change: null,
    askers: [],
    fresh: { server, group }
  }
  const begun: Doing = { node: { ...node, begun: node.begun + 1 }, life, said: [] }
  const booted = saying(begun, { _tag: "Booted", node: self, state, found }, { _tag: "PeersKnown", node: self, peers })
  const served = found.group === null || state === recovery ? booted : serving(booted, found.group)
  const normal = saying(served, { _tag: "BecameNormal", node: self, fresh: false })
  if (state === post || state === recovery) return normal
  return entering(saying(normal, { _tag: "FiberBegan", node: self, from: state }), "dryRunOnPeers")
}

type Taken = Exclude<NodeInput, { readonly _tag: "Begins" | "Falls" | "Edited" }>

const taking = (doing: Doing, input: Taken, bounds: NodeBounds): Doing => {
  const { fiber } = doing.life
  switch (input._tag) {
    case "StateAnswered": {
      const { by: node, state, group } = input
      return fiber.at === "asksStates" ? stateHeard(doing, fiber, node, { node, state, group }) : doing
    }
    case "VersionAnswered":
      return fiber.at === "asksVersions" ? versionHeard(doing, fiber, input.by, input.schema) : doing
    case "SchemaAnswered":
      if (fiber.at === "pulls") return pulled(doing, fiber, input.by, input.schema)
      return fiber.at === "takesOver" ? tookOver(doing, fiber, input.schema) : doing
    case "PeersAnswered":
      return fiber.at === "looks"
        ? searching(heardOf(doing, input.by, input.answer), fiber.one, { ...input, _tag: "Answered" })
        : doing
    case "Granted":
      if (input.what === "barrier" || input.what === "commit") return commanding(doing, input.what)
      if (fiber.at === "asksIn") return askedIn(doing, fiber, null)
      return fiber.at === "begins" ? isIn(doing, fiber.group) : doing
    case "Fails":
      return failing(doing, input)
    case "PauseEnds":
      return pauseOver(doing, bounds)
    case "PatienceEnds":
      return refusing(doing, "Synchronizing")
    case "Commanded":
      return applying(
        { ...doing, node: { ...doing.node, commands: doing.node.commands + 1 } },
        input.next,
        input.mutation,
        input.effective
      )
    case "Configured":
      return configured(doing, input.members)
    case "StateAsked":
      return stateAsked(doing, input.by)
    case "PeersAsked":
      return peersAsked(doing, input)
    case "Pushed":
      return merging(doing, self, "push", input.schema)
    case "Change":
      return changeAsked(doing, input)
    case "GoesOn":
      return goingOn(doing, bounds)
  }
}

const heardOf = (doing: Doing, of: NodeId, answer: Extract<NodeSaid, { _tag: "ExchangeHeard" }>["answer"]): Doing =>
  saying(doing, { _tag: "ExchangeHeard", node: self, of, answer })

const failing = (doing: Doing, { to, what }: Extract<NodeInput, { _tag: "Fails" }>): Doing => {
  const { fiber } = doing.life
  if (what === "barrier" || what === "commit") return refusing(doing, "NoQuorum")
  switch (fiber.at) {
    case "asksStates":
      return stateHeard(doing, fiber, to, undefined)
    case "asksVersions":
      return versionHeard(doing, fiber, to, undefined)
    case "pulls":
      return pulled(doing, fiber, to, undefined)
    case "takesOver":
      return tookOver(doing, fiber, undefined)
    case "looks":
      return searching(heardOf(doing, to, null), fiber.one, { _tag: "Fails", to })
    case "asksIn":
      return askedIn(doing, fiber, "Disconnected")
    case "begins":
      return going(doing, { ...fiber, isResting: true })
    default:
      return doing
  }
}

const pauseOver = (doing: Doing, { peers }: NodeBounds): Doing => {
  const { fiber } = doing.life
  switch (fiber.at) {
    case "rests":
      return going(doing, { at: "enters", attempt: fiber.attempt })
    case "looks":
      return searching(doing, fiber.one, { _tag: "PauseEnds" })
    case "asksIn":
      return looking(doing, peers)
    case "begins":
      return asksToBegin(doing, fiber.group)
    default:
      return doing
  }
}

const peersAsked = (doing: Doing, { by, peers }: Extract<NodeInput, { _tag: "PeersAsked" }>): Doing => {
  const { fiber } = doing.life
  const { group, server } = doing.node.disk
  if (fiber.at === "looks") return searching(doing, fiber.one, { _tag: "Asked", by, peers })
  const answer =
    group === null || server === null || doing.life.state === recovery
      ? ({ _tag: "None" } as const)
      : ({ _tag: "Group", group, node: self, server } as const)
  return saying(doing, { _tag: "ExchangeAnswered", node: self, to: by, answer })
}
