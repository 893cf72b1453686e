/** Everything that may happen to a node on its way, by what it waits for. */
import type { NodeId } from "../../../spec/metadata.ts"
import { GroupId, ServerId, StateId } from "../../../spec/raft-upgrade/ids.ts"
import type { Edit, ExchangeAnswer, SchemaSet } from "../../../spec/raft-upgrade/messages.ts"
import { post, pre, recovery, synchronize } from "../../../spec/raft-upgrade/states.ts"
import { merged } from "../cluster/cells.ts"
import { type Life, membersOf, type Node } from "./state.ts"
import { type NodeBounds, oldGroup, self, serverOf, theirGroup } from "./surroundings.ts"
import { leader, type NodeInput, type Question } from "./words.ts"

/** Kinds of input, each a rule of its own, so that a test can weigh them. */
export const inputKinds = [
  "Begins",
  "Falls",
  "StateAnswered",
  "VersionAnswered",
  "SchemaAnswered",
  "PeersAnswered",
  "Granted",
  "Fails",
  "PauseEnds",
  "PatienceEnds",
  "Configured",
  "Commanded",
  "Edited",
  "StateAsked",
  "PeersAsked",
  "Pushed",
  "Change",
  "GoesOn"
] as const satisfies ReadonlyArray<NodeInput["_tag"]>
export type InputKind = (typeof inputKinds)[number]

type Inputs = ReadonlyArray<NodeInput>

/** All inputs of one kind that make sense for a node. */
export const inputsOf = (kind: InputKind, node: Node, bounds: NodeBounds): Inputs => {
  const { life } = node
  if (kind === "Begins") return life === null && node.begun < bounds.begins ? [begins(node)] : []
  if (kind === "Edited") return editsOf(node, bounds).map((edit) => ({ _tag: kind, edit }))
  if (life === null) return []
  const { fiber, change, askers } = life
  switch (kind) {
    case "Falls":
      return [{ _tag: kind }]
    case "StateAnswered":
      return fiber.at === "asksStates"
        ? fiber.left.flatMap((by) =>
            statesOf(node, fiber.attempt.step).map((answer) => ({ _tag: kind, by, ...answer }))
          )
        : []
    case "VersionAnswered":
      return fiber.at === "asksVersions"
        ? fiber.left.flatMap((by) => schemasOf(node, bounds).map((schema) => ({ _tag: kind, by, schema })))
        : []
    case "SchemaAnswered": {
      const asked = fiber.at === "pulls" ? fiber.left : fiber.at === "takesOver" ? [fiber.from] : []
      return asked.flatMap((by) => schemasOf(node, bounds).map((schema) => ({ _tag: kind, by, schema })))
    }
    case "PeersAnswered":
      return fiber.at === "looks"
        ? fiber.one.asked.flatMap((by) => exchangesOf(node, by, bounds).map((answer) => ({ _tag: kind, by, answer })))
        : []
    case "Granted":
      return asked(life).flatMap(({ to: by, what }) =>
        what === "letIn" || what === "begin" || what === "barrier" || what === "commit"
          ? [{ _tag: kind, by, what }]
          : []
      )
    case "Fails":
      return asked(life).map(({ to, what }) => ({ _tag: kind, to, what }))
    case "PauseEnds":
      return isResting(life, bounds) ? [{ _tag: kind }] : []
    case "PatienceEnds":
      return change?.is === "waiting" ? [{ _tag: kind }] : []
    case "Configured":
      return configurationsOf(node, life, bounds).map((members) => ({ _tag: kind, members }))
    case "Commanded":
      return commandsOf(node, life, bounds)
    case "StateAsked":
      return bounds.peers.filter((by) => !askers.includes(by)).map((by) => ({ _tag: kind, by }))
    case "PeersAsked":
      return bounds.peers.map((by) => ({ _tag: kind, by, peers: [{ node: by, server: serverOf(by) }] }))
    case "Pushed":
      return bounds.peers.flatMap((by) =>
        bounds.theirs.filter((one) => !node.disk.schema.includes(one)).map((one) => ({ _tag: kind, by, schema: [one] }))
      )
    case "Change":
      return change === null
        ? bounds.changes.slice(node.changes, node.changes + 1).map((one) => ({ _tag: kind, ...one }))
        : []
    case "GoesOn":
      return change?.is === "onOldPath" ? [{ _tag: kind }] : []
  }
}

/** What it draws the first time is its server; no group that it creates has the name of another. */
const begins = ({ begun, disk }: Node): NodeInput => ({
  _tag: "Begins",
  server: disk.server === null ? serverOf(self) : ServerId.make(8),
  group: GroupId.make(theirGroup + 1 + begun)
})

/** Where anything will do, two answers stand for all. */
const statesOf = ({ disk: { group } }: Node, step: string) => {
  const usual = [
    { state: pre, group: null },
    { state: post, group }
  ] as const
  return step === "dryRunOnPeers" || step === "dryRunOnMembers"
    ? usual
    : ([
        ...usual,
        { state: synchronize, group },
        { state: recovery, group: null },
        { state: post, group: oldGroup }
      ] as const)
}

const schemasOf = ({ disk: { schema } }: Node, { theirs }: NodeBounds): ReadonlyArray<SchemaSet> => {
  const all = [schema, [], ...theirs.map((one) => merged(schema, [one]))]
  return all.filter((one, at) => all.findIndex((other) => other.join() === one.join()) === at)
}

/** Who is in the group says so from then on. Who looks knows whoever is on the ring, or himself alone. */
const exchangesOf = ({ holders }: Node, by: NodeId, { peers }: NodeBounds): ReadonlyArray<ExchangeAnswer> => {
  const known = [self, ...peers].sort().map((node) => ({ node, server: serverOf(node) }))
  const group: ExchangeAnswer = { _tag: "Group", group: theirGroup, node: by, server: serverOf(by) }
  const none: ExchangeAnswer = { _tag: "None" }
  if (holders.includes(by)) return [none, group]
  return [
    none,
    group,
    { _tag: "Peers", peers: known },
    { _tag: "Peers", peers: known.filter(({ node }) => node === by) }
  ]
}

/** Calls that are out. */
const asked = ({ fiber, change }: Life): ReadonlyArray<{ readonly to: NodeId; readonly what: Question }> => {
  const commands: ReadonlyArray<Question> =
    change?.is === "catchesUp" ? ["barrier"] : change?.is === "commits" ? ["commit"] : []
  return [...askedByFiber(fiber), ...commands.map((what) => ({ to: leader, what }))]
}

const askedByFiber = (fiber: Life["fiber"]): ReadonlyArray<{ readonly to: NodeId; readonly what: Question }> => {
  switch (fiber.at) {
    case "asksStates":
      return fiber.left.map((to) => ({ to, what: "state" }))
    case "asksVersions":
      return fiber.left.map((to) => ({ to, what: "version" }))
    case "pulls":
      return fiber.left.map((to) => ({ to, what: "schema" }))
    case "takesOver":
      return [{ to: fiber.from, what: "schema" }]
    case "looks":
      return fiber.one.asked.map((to) => ({ to, what: "peers" }))
    case "asksIn":
      return fiber.isResting ? [] : [{ to: fiber.via, what: "letIn" }]
    case "begins":
      return fiber.isResting ? [] : [{ to: leader, what: "begin" }]
    default:
      return []
  }
}

const isResting = ({ fiber, leftAlone }: Life, { rounds }: NodeBounds): boolean => {
  if (fiber.at === "rests") return Math.max(fiber.attempt.round, leftAlone) <= rounds
  if (fiber.at === "looks") return fiber.one.doing._tag === "Looking" && fiber.one.doing.rests
  return (fiber.at === "asksIn" || fiber.at === "begins") && fiber.isResting
}

/** An operator takes a node to recovery at any time, and has it forget the group only there. */
const editsOf = ({ disk, life, edits }: Node, bounds: NodeBounds): ReadonlyArray<Edit> => {
  if (edits === bounds.edits) return []
  if (disk.state !== recovery) return [{ _tag: "WriteState", text: recovery }]
  if (life !== null && life.state !== recovery) return []
  return [
    { _tag: "DeleteState" },
    ...(disk.group === null ? [] : [{ _tag: "EraseGroup" } as const]),
    ...(disk.discovery.length === 0 ? [] : [{ _tag: "EraseDiscovery" } as const]),
    ...(disk.history === null ? [] : [{ _tag: "EraseHistory" } as const])
  ]
}

/** Commands of others, whether theirs was the first of those that were made from the same or not. */
const commandsOf = (node: Node, life: Life, { commands, theirs }: NodeBounds): Inputs => {
  const [mutation] = theirs
  const isMember = life.serving !== null && life.fiber.at !== "begins" && membersOf({ node, life }).includes(self)
  if (!isMember || mutation === undefined || node.commands === commands) return []
  const next = StateId.make(firstOfOthers + node.commands)
  return [true, false].map((effective) => ({ _tag: "Commanded", next, mutation, effective }))
}

/** Commands of others are numbered from here. */
const firstOfOthers = 100

/** A group grows until all are in it. Its creator is alone until it has begun. */
const configurationsOf = (node: Node, life: Life, { peers }: NodeBounds): ReadonlyArray<ReadonlyArray<NodeId>> => {
  if (life.serving === null || life.fiber.at === "begins") return []
  const now = membersOf({ node, life })
  return [peers, ...peers.map((peer) => [peer])]
    .map((some) => [...new Set([...now, ...some, self])].sort())
    .filter(
      (next, at, all) => next.length > now.length && all.findIndex((other) => other.join() === next.join()) === at
    )
}
