/** Short words for writing down what was seen of a cluster on its way to group 0. */
import { Schema } from "effect"
import { RaftUpgradeLabel } from "./labels.ts"

const label = Schema.decodeUnknownSync(RaftUpgradeLabel)

type Told = Readonly<Record<string, unknown>>

/** Any label, by its words. */
export const seen = (_tag: RaftUpgradeLabel["_tag"], told: Told = {}): RaftUpgradeLabel => label({ _tag, ...told })

const states = {
  pre: "use_pre_raft_procedures",
  synchronize: "synchronize",
  post: "use_post_raft_procedures",
  recovery: "recovery"
} as const

type Short = keyof typeof states

const numbers: Readonly<Record<string, number>> = { A: 1, B: 2, C: 3 }

export const serverOf = (node: string): number => numbers[node] ?? 9

/** A peer whose server is known. */
export const peer = (node: string) => ({ node, server: serverOf(node) })

/** A node begins. Unless told otherwise its disk has no more than its server. */
export const boots = (node: string, state: Short = "pre", found: Told = {}): RaftUpgradeLabel =>
  seen("Booted", {
    node,
    state: states[state],
    found: {
      state: state === "pre" ? null : states[state],
      group: null,
      server: serverOf(node),
      discovery: [],
      history: null,
      schema: [],
      ...found
    }
  })

export const stops = (node: string) => seen("Stopped", { node })

/** A node is on the ring, has seen the feature, and sets out. */
export const setsOut = (node: string, ...peers: ReadonlyArray<string>): ReadonlyArray<RaftUpgradeLabel> => [
  boots(node),
  seen("BecameNormal", { node, fresh: false }),
  seen("PeersKnown", { node, peers }),
  seen("FeatureSeen", { node }),
  seen("FiberBegan", { node, from: states.pre })
]

export const stores = (node: string, state: Short) => seen("StateStored", { node, state: states[state] })
export const enters = (node: string, state: Short) => seen("StateEntered", { node, state: states[state] })

/** A node stores a state and goes by it. */
export const goes = (node: string, state: Short): ReadonlyArray<RaftUpgradeLabel> => [
  stores(node, state),
  enters(node, state)
]

export const tells = (node: string, state: Short, to = "B") => seen("StateTold", { node, to, state: states[state] })

export const configuration = (nodes: ReadonlyArray<string>, joint = false) => ({
  members: nodes.map((node) => ({ ...peer(node), voter: true })),
  joint
})

export const reconfigured = (purpose: string, of: string, nodes: ReadonlyArray<string>, joint = false) =>
  seen("Reconfigured", { group: 1, purpose, of, configuration: configuration(nodes, joint) })

/** Nodes are in group 1 and each knows that all of them are. */
export const gathered = (...nodes: ReadonlyArray<string>): ReadonlyArray<RaftUpgradeLabel> => [
  reconfigured("create", nodes[0] ?? "A", nodes.slice(0, 1)),
  ...nodes.slice(1).map((node, at) => reconfigured("join", node, nodes.slice(0, at + 2))),
  ...nodes.flatMap((node) => [
    seen("GroupStored", { node, group: 1 }),
    seen("ServerStarted", { node, group: 1 }),
    seen("ConfigurationLearned", { node, group: 1, configuration: configuration(nodes) }),
    seen("StepEnded", { node, step: "allJoined" })
  ])
]

export const schema = (node: string, mutations: ReadonlyArray<string>, by = "old") =>
  seen("SchemaIs", { node, by, schema: mutations, version: mutations.join("+") })

export const begins = (node: string, operation: number, state: Short, path = "old") =>
  seen("OperationBegan", { node, operation, path, state: states[state], mutation: `m${operation}` })

export const ends = (node: string, operation: number) => seen("OperationEnded", { node, operation })

export const answersGroup = (node: string, to: string, group = 1) =>
  seen("ExchangeAnswered", { node, to, answer: { _tag: "Group", group, ...peer(node) } })

export const leads = (node: string, group = 1) => seen("Led", { node, group })

export const asks = (node: string, purpose: string, of: string) =>
  seen("ReconfigurationAsked", { node, group: 1, via: node, purpose, of })

export const commits = (by: string, next: number, previous: number | null = null) =>
  seen("CommandCommitted", { group: 1, by, operation: next, previous, next, mutation: `m${next}` })

export const applies = (node: string, next: number, effective = true) =>
  seen("CommandApplied", { node, group: 1, next, effective })

export const edits = (node: string, edit: string, told: Told = {}) =>
  seen("Edited", { node, edit: { _tag: edit, ...told } })

/** All that the recipe has erased on a node. */
export const erases = (node: string): ReadonlyArray<RaftUpgradeLabel> => [
  edits(node, "EraseDiscovery"),
  edits(node, "EraseHistory"),
  edits(node, "EraseGroup")
]
