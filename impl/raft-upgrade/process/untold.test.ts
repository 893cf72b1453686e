import { describe, expect, test } from "vitest"
import { NodeId } from "../../../spec/metadata.ts"
import { GroupId, Mutation, OperationId, ServerId, StateId } from "../../../spec/raft-upgrade/ids.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { synchronize } from "../../../spec/raft-upgrade/states.ts"
import type { LeaderRecord } from "../group0/leader-log.ts"
import { versionOf } from "../schema/schema-store.ts"
import { MemoryDisk } from "../storage/memory-disk.ts"
import { NodeStore } from "../storage/node-store.ts"
import { untoldByLeader, untoldByNode } from "./untold.ts"

const node = NodeId.make("A")
const group = GroupId.make(7)
const server = ServerId.make(1)
const schema = [Mutation.make("m")]
const history = StateId.make(5)

const stored = async (): Promise<NodeStore> => {
  const store = await NodeStore.open(new MemoryDisk().open())
  await store.local.update(() => ({ state: synchronize, group, server }))
  await store.discovery.update(() => [{ node: NodeId.make("B"), server: null }])
  await store.data.update(() => ({ schema, history }))
  return store
}

describe("raft upgrade: processes: what was not told", () => {
  test("everything that is on disk and in no journal is told, and nothing twice", async () => {
    const store = await stored()
    const labels = await untoldByNode(node, store, [])
    expect(labels).toEqual([
      { _tag: "StateStored", node, state: synchronize },
      { _tag: "ServerStored", node, server },
      { _tag: "GroupStored", node, group },
      { _tag: "PeersStored", node, peers: [{ node: "B", server: null }] },
      { _tag: "SnapshotLoaded", node, group, history },
      { _tag: "SchemaIs", node, by: "old", schema, version: versionOf(schema) }
    ])
    expect(await untoldByNode(node, store, labels)).toEqual([])
  })

  test("what an operator has erased is told as that", async () => {
    const store = await stored()
    const told = await untoldByNode(node, store, [])
    for (const edit of ["EraseGroup", "EraseDiscovery", "EraseHistory", "EraseServer", "DeleteState"] as const)
      await store.edit({ _tag: edit })
    const labels = await untoldByNode(node, store, told)
    expect(labels.map((label) => (label._tag === "Edited" ? label.edit._tag : label._tag))).toEqual([
      "DeleteState",
      "EraseServer",
      "EraseGroup",
      "EraseDiscovery",
      "EraseHistory"
    ])
    expect(await untoldByNode(node, store, [...told, ...labels])).toEqual([])
  })

  test("a leader tells of each group what is behind as much as it has told", () => {
    const configuration = { members: [{ node, server, voter: true }], joint: false }
    const command = { previous: null, next: history, mutation: Mutation.make("m") }
    const operation = OperationId.make(1)
    const found: ReadonlyArray<LeaderRecord> = [
      { _tag: "Founded", group, creator: node, first: 1, configuration },
      { _tag: "Agreed", group, numbered: { index: 2, entry: { _tag: "Commanded", by: node, operation, command } } }
    ]
    const told: RaftUpgradeLabel = { _tag: "Reconfigured", group, purpose: "create", of: node, configuration }
    const rest: RaftUpgradeLabel = { _tag: "CommandCommitted", group, by: node, operation, ...command }
    expect(untoldByLeader(found, [])).toEqual([told, rest])
    expect(untoldByLeader(found, [told])).toEqual([rest])
    expect(untoldByLeader(found, [told, rest])).toEqual([])
  })
})
