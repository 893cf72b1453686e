/**
 * What a process did and did not come to tell of, since it was killed between its disk and its journal.
 *
 * It has told nobody else of that either, so it is as if it had done it as it begins again.
 */
import type { NodeId } from "../../../spec/metadata.ts"
import type { GroupId } from "../../../spec/raft-upgrade/ids.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { Edit, Found } from "../../../spec/raft-upgrade/messages.ts"
import { recovery, stateOf } from "../../../spec/raft-upgrade/states.ts"
import type { LeaderRecord } from "../group0/leader-log.ts"
import { versionOf } from "../schema/schema-store.ts"
import type { NodeStore } from "../storage/node-store.ts"

const nothing: Found = { state: null, group: null, server: null, discovery: [], history: null, schema: [] }

/** What is on a node's disk, as its journal has it. */
const toldOf = (labels: ReadonlyArray<RaftUpgradeLabel>): Found => labels.reduce(afterLabel, nothing)

const afterLabel = (found: Found, label: RaftUpgradeLabel): Found => {
  switch (label._tag) {
    case "StateStored":
      return { ...found, state: label.state }
    case "GroupStored":
      return { ...found, group: label.group }
    case "ServerStored":
      return { ...found, server: label.server }
    case "PeersStored":
      return { ...found, discovery: label.peers }
    case "CommandApplied":
      return label.effective ? { ...found, history: label.next } : found
    case "SnapshotLoaded":
      return { ...found, history: label.history }
    case "SchemaIs":
      return { ...found, schema: label.schema }
    case "Edited":
      return afterEdit(found, label.edit)
    default:
      return found
  }
}

const afterEdit = (found: Found, edit: Edit): Found => {
  switch (edit._tag) {
    case "WriteState":
      return { ...found, state: edit.text }
    case "DeleteState":
      return { ...found, state: null }
    case "EraseGroup":
      return { ...found, group: null }
    case "EraseServer":
      return { ...found, server: null }
    case "EraseDiscovery":
      return { ...found, discovery: [] }
    case "EraseHistory":
      return { ...found, history: null }
  }
}

/** What a node has on its disk, and has not told of. */
export const untoldByNode = async (
  node: NodeId,
  store: NodeStore,
  told: ReadonlyArray<RaftUpgradeLabel>
): Promise<ReadonlyArray<RaftUpgradeLabel>> => {
  const before = toldOf(told)
  const { state, group, server, discovery, history, schema } = store.found
  const labels: RaftUpgradeLabel[] = []
  const edited = (edit: Edit): RaftUpgradeLabel => ({ _tag: "Edited", node, edit })
  if (state !== before.state) {
    const known = stateOf(state)
    const isOurs = state !== null && known !== recovery
    if (isOurs) labels.push({ _tag: "StateStored", node, state: known })
    else labels.push(edited(state === null ? { _tag: "DeleteState" } : { _tag: "WriteState", text: state }))
  }
  if (server !== before.server)
    labels.push(server === null ? edited({ _tag: "EraseServer" }) : { _tag: "ServerStored", node, server })
  if (group !== before.group)
    labels.push(group === null ? edited({ _tag: "EraseGroup" }) : { _tag: "GroupStored", node, group })
  if (JSON.stringify(discovery) !== JSON.stringify(before.discovery))
    labels.push(
      discovery.length === 0 ? edited({ _tag: "EraseDiscovery" }) : { _tag: "PeersStored", node, peers: discovery }
    )
  if (history !== before.history) {
    const of = group ?? store.groups.at(-1)
    if (history === null || of === undefined) labels.push(edited({ _tag: "EraseHistory" }))
    else if (await hasBegun(store, of))
      labels.push({ _tag: "CommandApplied", node, group: of, next: history, effective: true })
    else labels.push({ _tag: "SnapshotLoaded", node, group: of, history })
  }
  if (JSON.stringify(schema) !== JSON.stringify(before.schema))
    labels.push({ _tag: "SchemaIs", node, by: "old", schema, version: versionOf(schema) })
  return labels
}

const hasBegun = async (store: NodeStore, group: GroupId): Promise<boolean> =>
  (await store.rows(group)).value.applied > 0

/** What whoever leads the groups has agreed on, and has not told of: of each group, what is behind as much as it has told. */
export const untoldByLeader = (
  found: ReadonlyArray<LeaderRecord>,
  told: ReadonlyArray<RaftUpgradeLabel>
): ReadonlyArray<RaftUpgradeLabel> => {
  const counts = new Map<GroupId, number>()
  for (const label of told)
    if (label._tag === "Reconfigured" || label._tag === "CommandCommitted")
      counts.set(label.group, (counts.get(label.group) ?? 0) + 1)
  return found.flatMap((record) => {
    const left = counts.get(record.group) ?? 0
    counts.set(record.group, left - 1)
    return left > 0 ? [] : [labelOf(record)]
  })
}

const labelOf = (record: LeaderRecord): RaftUpgradeLabel => {
  const { group } = record
  if (record._tag === "Founded")
    return { _tag: "Reconfigured", group, purpose: "create", of: record.creator, configuration: record.configuration }
  const { entry } = record.numbered
  return entry._tag === "Configured"
    ? { ...entry, _tag: "Reconfigured", group }
    : { _tag: "CommandCommitted", group, by: entry.by, operation: entry.operation, ...entry.command }
}
