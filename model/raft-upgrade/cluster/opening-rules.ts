/** How a ring comes to the group in one step, and to synchronize, for scopes that are about what follows. */
import type { GroupId, Mutation, OperationId } from "../../../spec/raft-upgrade/ids.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { Configuration, SchemaSet } from "../../../spec/raft-upgrade/messages.ts"
import { pre, synchronize } from "../../../spec/raft-upgrade/states.ts"
import { type Write, write } from "../../kernel/cell.ts"
import type { Rule } from "../../kernel/system.ts"
import { trusting } from "./bounds.ts"
import { type NodeCells, versionOf } from "./cells.ts"
import { ended } from "./fiber.ts"
import { type Firings, on, peersOf, type Setting } from "./setting.ts"

const group = 1 as GroupId

/** Every node of the ring has begun, has set out, and is in group 1, and each knows that all are (U1 to U3). */
export const openingRules = (setting: Setting): ReadonlyArray<Rule<RaftUpgradeLabel>> => {
  const { bounds, cells } = setting
  if (bounds.opening === "each") return []
  const ring = cells.nodes.filter(({ isNew }) => !isNew)
  const members = ring.map(({ name, server }) => ({ node: name, server, voter: true }))
  const configurations = ring.map((_, at): Configuration => ({ members: members.slice(0, at + 1), joint: false }))
  const isFurther = bounds.opening === "synchronize"
  return [
    on(
      "the ring comes to the group",
      { actor: "the ring", fair: trusting(bounds, "A9"), reads: [cells.named] },
      (named): Firings =>
        named > 0
          ? []
          : [
              {
                labels: [
                  ...ring.flatMap((node) => setOut(setting, node)),
                  ...ring.map(
                    ({ name }, at): RaftUpgradeLabel => ({
                      _tag: "Reconfigured",
                      group,
                      purpose: at === 0 ? "create" : "join",
                      of: name,
                      configuration: configurations[at]!
                    })
                  ),
                  ...ring.flatMap((node) => joined(node, { members, joint: false })),
                  ...(isFurther ? ring.flatMap((node) => crossed(setting, node)) : [])
                ],
                writes: [
                  write(cells.named, 1),
                  ...configurations.map((configuration) =>
                    write(cells.groups, { _tag: "Configures", group, configuration })
                  ),
                  ...ring.flatMap((node) => opened(setting, node, ring.length))
                ]
              }
            ]
    )
  ]
}

const setOut = (setting: Setting, node: NodeCells): ReadonlyArray<RaftUpgradeLabel> => {
  const { name, server } = node
  const found = { state: null, group: null, server: null, discovery: [], history: null, schema: [] }
  return [
    { _tag: "Booted", node: name, state: pre, found },
    { _tag: "ServerStored", node: name, server },
    { _tag: "BecameNormal", node: name, fresh: false },
    { _tag: "PeersKnown", node: name, peers: peersOf(setting, node).map((peer) => peer.name) },
    { _tag: "FeatureSeen", node: name },
    { _tag: "FiberBegan", node: name, from: pre },
    ended(node, "dryRunOnPeers")
  ]
}

const joined = ({ name }: NodeCells, configuration: Configuration): ReadonlyArray<RaftUpgradeLabel> => [
  { _tag: "ServerStarted", node: name, group },
  { _tag: "GroupStored", node: name, group },
  { _tag: "ConfigurationLearned", node: name, group, configuration }
]

/** What a node has changed on the old path before the scope begins. */
const made = ({ bounds }: Setting, { name }: NodeCells): SchemaSet =>
  bounds.opening === "synchronize" && bounds.old.includes(name) ? [`${name.toLowerCase()}1` as Mutation] : []

const crossed = (setting: Setting, node: NodeCells): ReadonlyArray<RaftUpgradeLabel> => {
  const { name, server } = node
  const operation = server as number as OperationId
  const schema = made(setting, node)
  return [
    ...schema.flatMap(
      (mutation): ReadonlyArray<RaftUpgradeLabel> => [
        { _tag: "OperationBegan", node: name, operation, path: "old", state: pre, mutation },
        { _tag: "SchemaIs", node: name, by: "old", schema, version: versionOf(schema) },
        { _tag: "OperationEnded", node: name, operation }
      ]
    ),
    ended(node, "allJoined"),
    { _tag: "StateStored", node: name, state: synchronize },
    { _tag: "StateEntered", node: name, state: synchronize }
  ]
}

const opened = (setting: Setting, node: NodeCells, members: number): ReadonlyArray<Write> => {
  const isFurther = setting.bounds.opening === "synchronize"
  const state = isFurther ? synchronize : null
  return [
    write(node.life, { is: "up", state: state ?? pre, sawFeature: true }),
    write(node.disk, { state, group, history: null }),
    write(node.schema, made(setting, node)),
    write(node.raft, { group, configurations: members, applied: 0 }),
    write(node.fiber, isFurther ? { at: "allSynchronize", entered: [] } : { at: "allJoined" })
  ]
}
