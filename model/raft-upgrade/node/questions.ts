/** The steps of the way in which others are asked how far they are (U1, U5, U7), and for what they have (U4, U8). */
import type { NodeId } from "../../../spec/metadata.ts"
import type { UpgradeStep } from "../../../spec/raft-upgrade/labels.ts"
import { firstRetryMs, greatestRetryMs, type SchemaSet } from "../../../spec/raft-upgrade/messages.ts"
import { post, synchronize } from "../../../spec/raft-upgrade/states.ts"
import { versionOf } from "../cluster/cells.ts"
import {
  type Attempt,
  calling,
  type Doing,
  entering,
  type Fiber,
  firstOf,
  going,
  living,
  membersOf,
  merging,
  type Sampled,
  saying,
  type Told
} from "./state.ts"
import { self } from "./surroundings.ts"

type At<Name extends Fiber["at"]> = Extract<Fiber, { readonly at: Name }>

export const ended = (doing: Doing, step: UpgradeStep): Doing => saying(doing, { _tag: "StepEnded", node: self, step })

/** It tries once more after a while, which is twice as long as the one before. */
export const resting = (doing: Doing, attempt: Attempt): Doing => {
  const round = attempt.round + 1
  return retrying(going(doing, { at: "rests", attempt: { ...attempt, round } }), attempt.step as UpgradeStep, round)
}

const retrying = (doing: Doing, step: UpgradeStep, round: number): Doing => {
  const ms = Math.min(greatestRetryMs, firstRetryMs * 2 ** (round - 1))
  return saying(doing, { _tag: "RetryIn", node: self, step, round, ms })
}

/** The members besides itself, as far as it knows. */
export const others = (doing: Doing): ReadonlyArray<NodeId> => membersOf(doing).filter((node) => node !== self)

// ---- how far others are ---------------------------------------------------------------------------------------------

export const askingStates = (doing: Doing, attempt: Attempt, nodes: ReadonlyArray<NodeId>): Doing => {
  const fiber: At<"asksStates"> = { at: "asksStates", attempt, asked: nodes, left: nodes, told: [] }
  return nodes.length === 0 ? heardAll(doing, fiber) : calling(going(doing, fiber), "state", ...nodes)
}

/** One has answered, or will not. */
export const stateHeard = (doing: Doing, fiber: At<"asksStates">, of: NodeId, answer: Told | undefined): Doing => {
  const heard = saying(doing, { _tag: "StateHeard", node: self, of, state: answer?.state ?? null })
  const left = fiber.left.filter((node) => node !== of)
  const told = answer === undefined ? fiber.told : [...fiber.told, answer].sort(byNode)
  return left.length > 0 ? going(heard, { ...fiber, left, told }) : heardAll(heard, { ...fiber, left, told })
}

const heardAll = (doing: Doing, { attempt, asked, told }: At<"asksStates">): Doing => {
  const { step } = attempt
  switch (step) {
    case "dryRunOnPeers":
      return told.length < asked.length ? resting(doing, attempt) : entering(ended(doing, step), "join")
    case "dryRunOnMembers":
      return told.length < asked.length ? resting(doing, attempt) : entering(ended(doing, step), "toSynchronize")
    case "allSynchronize": {
      const more = told.filter(({ state }) => state === synchronize).map(({ node }) => node)
      const entered = [...new Set([...attempt.entered, ...more])].sort()
      const through = throughOf(doing, told)
      if (through !== undefined) return takingOver(doing, through)
      return others(doing).every((node) => entered.includes(node))
        ? entering(ended(doing, step), "secondSync")
        : resting(doing, { ...attempt, entered, isSilent: entered.length > 0 && told.length < asked.length })
    }
    default: {
      const through = throughOf(doing, told)
      return through === undefined ? resting(doing, attempt) : takingOver(doing, through)
    }
  }
}

/** Row 60: a state counts for its group alone. */
const throughOf = ({ node }: Doing, told: ReadonlyArray<Told>): NodeId | undefined =>
  told.find(({ state, group }) => state === post && group === node.disk.group)?.node

const takingOver = (doing: Doing, from: NodeId): Doing =>
  calling(going(doing, { at: "takesOver", from }), "schema", from)

/** Whose schema it wanted has given it, and it is through too; or it has not, and after a while it waits for all again. */
export const tookOver = (doing: Doing, { from }: At<"takesOver">, schema: SchemaSet | undefined): Doing =>
  schema === undefined
    ? leftAlone(doing)
    : entering(saying(merging(doing, self, "sync", schema), { _tag: "FinishedEarly", node: self, of: from }), "toPost")

const leftAlone = (doing: Doing): Doing => {
  const round = doing.life.leftAlone + 1
  const rests = living(doing, { leftAlone: round, fiber: { at: "rests", attempt: firstOf("allSynchronize") } })
  return retrying(rests, "secondSync", round)
}

// ---- what others have -----------------------------------------------------------------------------------------------

/** Who has told his version is not asked again until all have. */
export const askingVersions = (doing: Doing, attempt: Attempt): Doing => {
  const asked = others(doing)
  const left = asked.filter((node) => attempt.versions.every((known) => known.node !== node))
  const fiber: At<"asksVersions"> = { at: "asksVersions", attempt, asked, left }
  return left.length === 0 ? sampledAll(doing, fiber) : calling(going(doing, fiber), "version", ...left)
}

export const versionHeard = (
  doing: Doing,
  fiber: At<"asksVersions">,
  of: NodeId,
  schema: SchemaSet | undefined
): Doing => {
  const version = schema === undefined ? null : versionName(schema)
  const heard = saying(doing, { _tag: "VersionHeard", node: self, of, version })
  const left = fiber.left.filter((node) => node !== of)
  const { attempt } = fiber
  const versions = schema === undefined ? attempt.versions : [...attempt.versions, { node: of, schema }].sort(byNode)
  const next = { ...fiber, left, attempt: { ...attempt, versions } }
  return left.length > 0 ? going(heard, next) : sampledAll(heard, next)
}

const sampledAll = (doing: Doing, { attempt, asked }: At<"asksVersions">): Doing => {
  const { step, versions } = attempt
  if (asked.some((node) => versions.every((known) => known.node !== node)))
    return step === "secondSync" ? askingStates(doing, attempt, others(doing)) : resting(doing, attempt)
  const own = versionName(doing.node.disk.schema)
  const left = versions.filter(({ schema }) => versionName(schema) !== own).map(({ node }) => node)
  if (left.length > 0)
    return calling(going(doing, { at: "pulls", attempt: { ...attempt, versions: [] }, left }), "schema", ...left)
  return entering(ended(doing, step as UpgradeStep), step === "firstSync" ? "dryRunOnMembers" : "toPost")
}

/** It takes in what one has. Who has not answered is asked again in the next round. */
export const pulled = (doing: Doing, fiber: At<"pulls">, of: NodeId, schema: SchemaSet | undefined): Doing => {
  const { attempt } = fiber
  const has = schema === undefined ? doing : merging(doing, self, "sync", schema)
  const left = fiber.left.filter((node) => node !== of)
  if (left.length > 0) return going(has, { ...fiber, left })
  return attempt.step === "secondSync" ? askingStates(has, attempt, others(has)) : resting(has, attempt)
}

const versionName = versionOf

const byNode = (one: Told | Sampled, other: Told | Sampled): number => (one.node < other.node ? -1 : 1)
