// Goal: the twin goes to group 0 in processes of its own, with files of its own, while they are killed. Method: three nodes and
// whoever leads the groups over loopback; what their journals tell, in causal order, is judged by the laws.
import { readFileSync, truncateSync } from "node:fs"
import { join } from "node:path"
import { afterEach, describe, expect, test } from "vitest"
import type { ControlCommand } from "../../../impl/raft-upgrade/control.ts"
import { Cluster } from "../../../impl/raft-upgrade/process/cluster.ts"
import { newDirectory } from "../../../impl/runtime/scratch.test-support.ts"
import { NodeId } from "../../../spec/metadata.ts"
import { Mutation, OperationId } from "../../../spec/raft-upgrade/ids.ts"
import type { Edit } from "../../../spec/raft-upgrade/messages.ts"
import { post } from "../../../spec/raft-upgrade/states.ts"
import { judged } from "./judged.ts"

const [a, b, c, d] = ["A", "B", "C", "D"].map((node) => NodeId.make(node)) as [NodeId, NodeId, NodeId, NodeId]
const nodes = [a, b, c]

let cluster: Cluster
let operations = 0

const on = (node: NodeId, command: ControlCommand) => cluster.control(node, command)
const eventually = (look: () => Promise<unknown>) => expect.poll(look, { timeout: 60_000, interval: 20 })
const change = (node: NodeId, mutation: string) =>
  on(node, { _tag: "Change", operation: OperationId.make(++operations), mutation: Mutation.make(mutation) })
const status = async (node: NodeId) => {
  const answer = await on(node, { _tag: "Status" })
  return answer._tag === "StatusIs" ? answer : expect.unreachable(answer._tag)
}
const restart = async (node: NodeId, supports = true): Promise<void> => {
  await cluster.kill(node)
  await cluster.boot(node, { supports })
}
const arrive = async (...all: ReadonlyArray<NodeId>): Promise<void> => {
  for (const node of all) await eventually(async () => (await status(node)).state).toBe(post)
  for (const node of all) await eventually(async () => (await status(node)).isNormal).toBe(true)
}
const schemas = async (...all: ReadonlyArray<NodeId>) =>
  Promise.all(all.map(async (node) => (await status(node)).schema))
const begin = async (): Promise<void> => {
  operations = 0
  cluster = await Cluster.start({ directory: newDirectory(), nodes, haste: 20 })
}

afterEach(() => cluster.killAll(), 60_000)

describe("raft upgrade: processes", () => {
  test("a cluster goes to group 0 while its nodes and its leader are killed; then one comes, and one goes", async () => {
    await begin()
    expect(await change(b, "old")).toEqual({ _tag: "Done" })
    for (const node of nodes) await restart(node)
    for (const node of [c, a, b]) await restart(node)
    await cluster.restartLeader()
    await arrive(...nodes)
    expect(await change(c, "new")).toEqual({ _tag: "Done" })
    await cluster.add(d, [b])
    await arrive(d)
    await eventually(() => schemas(a, b, c, d)).toEqual(Array.from({ length: 4 }, () => ["new", "old"]))
    expect(await on(a, { _tag: "Decommission" })).toEqual({ _tag: "Done" })
    await cluster.shutdown(a)
    expect(await change(d, "last")).toEqual({ _tag: "Done" })
    await eventually(async () => judged(cluster.labels())).toEqual([])
  }, 180_000)

  test("stuck with a node that is lost, it comes out by the recipe; a torn file is refused, and nothing is loaded", async () => {
    await begin()
    await on(c, { _tag: "Inject", action: "enable", name: "group0_upgrade_pause_before_synchronize" })
    for (const node of nodes) {
      await restart(node)
      await on(node, { _tag: "Inject", action: "enable", name: "group0_upgrade_pause_before_synchronize" })
    }
    for (const node of [a, b])
      await on(node, { _tag: "Inject", action: "disable", name: "group0_upgrade_pause_before_synchronize" })
    for (const node of [a, b]) await eventually(async () => (await status(node)).state).toBe("synchronize")
    await cluster.kill(c)
    cluster.declareLost(c)
    const edits: ReadonlyArray<Edit> = [{ _tag: "WriteState", text: "recovery" }]
    const erasures: ReadonlyArray<Edit> = [{ _tag: "EraseDiscovery" }, { _tag: "EraseHistory" }, { _tag: "EraseGroup" }]
    const editBoth = async (all: ReadonlyArray<Edit>): Promise<void> => {
      for (const edit of all) for (const node of [a, b]) await on(node, { _tag: "Edit", edit })
    }
    await editBoth(edits)
    for (const node of [a, b]) await restart(node)
    for (const node of [a, b]) expect((await status(node)).state).toBe("recovery")
    expect(await change(a, "inRecovery")).toEqual({ _tag: "Done" })
    expect(await on(a, { _tag: "Remove", node: c })).toEqual({ _tag: "Done" })
    await eventually(async () => (await status(b)).peers).toEqual(["A"])
    await editBoth([...erasures, { _tag: "DeleteState" }])
    for (const node of [a, b]) await restart(node)
    await arrive(a, b)
    await eventually(() => schemas(a, b)).toEqual([["inRecovery"], ["inRecovery"]])
    await eventually(async () => judged(cluster.labels())).toEqual([])

    await cluster.kill(a)
    const path = join(cluster.storeOf(a), "local")
    const length = readFileSync(path).length - 3
    truncateSync(path, length)
    await expect(cluster.boot(a)).rejects.toThrow(
      `node: ${path}, byte ${length}: the file ends, and 3 bytes more were expected`
    )
  }, 180_000)
})
