/** What a cluster has been through before it is looked at, told in one step: so that what comes after can be seen whole. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { GroupId, Mutation, OperationId, StateId } from "../../../spec/raft-upgrade/ids.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { Configuration } from "../../../spec/raft-upgrade/messages.ts"
import { post, pre, synchronize, type UpgradeState } from "../../../spec/raft-upgrade/states.ts"
import { type Write, write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import type { Before } from "./bounds.ts"
import { type Fiber, type NodeCells, versionOf } from "./cells.ts"
import { peerList } from "./looking.ts"
import { type Firings, on, peersOf, type Setting } from "./setting.ts"

const group = 1 as GroupId
const first = 1 as StateId
const operation = 0 as OperationId
/** The change that group 0 has made. */
const mutation = "g0" as Mutation

export const beforeRules = (setting: Setting): ReadonlyArray<Rule<RaftUpgradeLabel>> => {
  const { before } = setting.bounds
  return before === null ? [] : [hasBeen(setting, before)]
}

/** Whoever is on the ring from the beginning. */
const ringIn = ({ cells }: Setting): ReadonlyArray<NodeCells> => cells.nodes.filter(({ isNew }) => !isNew)

const hasBeen = (setting: Setting, before: Before): Rule<RaftUpgradeLabel> => {
  const nodes = ringIn(setting)
  const [one] = nodes
  if (one === undefined) throw new TypeError("a cluster has nodes")
  return on(
    "what has been before",
    { actor: "nodes", fair: "weak", reads: [one.life] },
    ({ is }): Firings =>
      is === "notBegun"
        ? [
            {
              labels: [
                ...nodes.flatMap((node) => begun(setting, node)),
                ...gathering(setting),
                ...nodes.flatMap((node) => hasMade(node, before)),
                ...crossing(setting, before),
                ...(before.changed ? changing(setting, one.name) : []),
                ...nodes
                  .filter(({ name }) => before.down.includes(name))
                  .map(({ name }): RaftUpgradeLabel => ({ _tag: "Stopped", node: name }))
              ],
              writes: outcome(setting, before, one.name)
            }
          ]
        : []
  )
}

const begun = (setting: Setting, node: NodeCells): ReadonlyArray<RaftUpgradeLabel> => [
  {
    _tag: "Booted",
    node: node.name,
    state: pre,
    found: { state: null, group: null, server: null, discovery: [], history: null, schema: [] }
  },
  { _tag: "ServerStored", node: node.name, server: node.server },
  { _tag: "BecameNormal", node: node.name, fresh: false },
  { _tag: "PeersKnown", node: node.name, peers: peersOf(setting, node).map(({ name }) => name) },
  { _tag: "FeatureSeen", node: node.name },
  { _tag: "FiberBegan", node: node.name, from: pre },
  { _tag: "DiscoveryBegan", node: node.name }
]

const configurationOf = (nodes: ReadonlyArray<NodeCells>): Configuration => ({
  members: nodes.map(({ name, server }) => ({ node: name, server, voter: true })),
  joint: false
})

/** The first node creates the group, and the others join it one by one. */
const gathering = (setting: Setting): ReadonlyArray<RaftUpgradeLabel> => {
  const nodes = ringIn(setting)
  return [
    ...nodes.flatMap((node, at): ReadonlyArray<RaftUpgradeLabel> => {
      const { name } = node
      const configuration = configurationOf(nodes.slice(0, at + 1))
      const peers = peerList(
        setting,
        peersOf(setting, node).map((peer) => peer.name)
      )
      return [
        ...(setting.bounds.storesPeers ? [{ _tag: "PeersStored" as const, node: name, peers }] : []),
        ...(at === 0 ? [{ _tag: "Led" as const, node: name, group }] : []),
        { _tag: "StorageMade", node: name, group, index: 1 },
        { _tag: "ServerStarted", node: name, group },
        { _tag: "Reconfigured", group, purpose: at === 0 ? "create" : "join", of: name, configuration },
        { _tag: "GroupStored", node: name, group }
      ]
    }),
    ...nodes.flatMap(
      ({ name }): ReadonlyArray<RaftUpgradeLabel> => [
        { _tag: "ConfigurationLearned", node: name, group, configuration: configurationOf(nodes) },
        { _tag: "StepEnded", node: name, step: "allJoined" }
      ]
    )
  ]
}

/** A change on the old path, before its node left that. */
const madeBy = ({ name }: NodeCells, { made = [] }: Before): ReadonlyArray<Mutation> =>
  made.includes(name) ? [`${name.toLowerCase()}1` as Mutation] : []

const hasMade = (node: NodeCells, before: Before): ReadonlyArray<RaftUpgradeLabel> =>
  madeBy(node, before).flatMap((change): ReadonlyArray<RaftUpgradeLabel> => {
    const about = { node: node.name, operation: node.server as number as OperationId }
    const schema = [change]
    return [
      { _tag: "OperationBegan", ...about, path: "old", state: pre, mutation: change },
      { _tag: "SchemaIs", node: node.name, by: "old", schema, version: versionOf(schema) },
      { _tag: "OperationEnded", ...about }
    ]
  })

const crossing = (setting: Setting, { states }: Before): ReadonlyArray<RaftUpgradeLabel> =>
  ([synchronize, post] as const).flatMap((state) =>
    ringIn(setting)
      .filter((_, at) => states[at] === state || (state === synchronize && states[at] === post))
      .flatMap(
        ({ name }): ReadonlyArray<RaftUpgradeLabel> => [
          { _tag: "StateStored", node: name, state },
          { _tag: "StateEntered", node: name, state }
        ]
      )
  )

const changing = (setting: Setting, by: NodeId): ReadonlyArray<RaftUpgradeLabel> => {
  const schema = [mutation]
  return [
    { _tag: "OperationBegan", node: by, operation, path: "group0", state: post, mutation },
    { _tag: "CommandCommitted", group, by, operation, previous: null, next: first, mutation },
    ...ringIn(setting).flatMap(
      ({ name }): ReadonlyArray<RaftUpgradeLabel> => [
        { _tag: "CommandApplied", node: name, group, next: first, effective: true },
        { _tag: "SchemaIs", node: name, by: "command", schema, version: versionOf(schema) }
      ]
    ),
    { _tag: "OperationEnded", node: by, operation }
  ]
}

const outcome = (setting: Setting, before: Before, by: NodeId): ReadonlyArray<Write> => {
  const { cells, bounds } = setting
  const { states, down, changed } = before
  const nodes = ringIn(setting)
  const configurations = nodes.map((_, at) => configurationOf(nodes.slice(0, at + 1)))
  const entry = { previous: null, next: first, mutation, by, operation }
  return [
    ...nodes.flatMap((node, at) => {
      const state: UpgradeState = states[at] ?? pre
      const isUp = !down.includes(node.name)
      const peers = peersOf(setting, node).map(({ name }) => name)
      return [
        write(node.disk, {
          state: state === pre ? null : state,
          group,
          history: changed ? first : null,
          discovery: bounds.storesPeers ? peers : []
        }),
        write(node.schema, changed ? [mutation] : madeBy(node, before)),
        write(node.life, { is: isUp ? "up" : "dead", state, sawFeature: true }),
        write(node.fiber, isUp ? fiberIn(state) : null),
        write(node.raft, { group, configurations: configurations.length, applied: changed ? 1 : 0 })
      ]
    }),
    ...configurations.map((configuration) => write(cells.groups, { _tag: "Configures", group, configuration })),
    ...(changed ? [write(cells.groups, { _tag: "Appends", group, entry })] : []),
    write(cells.named, 1)
  ]
}

const fiberIn = (state: UpgradeState): Fiber | null =>
  state === pre
    ? { at: "locking", to: synchronize }
    : state === synchronize
      ? { at: "allSynchronize", entered: [] }
      : null
