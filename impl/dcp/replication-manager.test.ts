import { describe, expect, test } from "vitest"
import type { ReplyValue } from "../../spec/dcp/messages.ts"
import { vbs } from "./proxy-stage.test-support.ts"
import { type ManagedReplicator, ReplicationManager, type ReplicatorIdentity } from "./replication-manager.ts"

/** A replicator that answers as told and dies when told. */
class FakeReplicator implements ManagedReplicator {
  readonly lists: number[][] = []
  answer: () => Promise<ReplyValue> = async () => ({ _tag: "Ok" })
  #exited = (): void => {}

  setupReplication(vbuckets: readonly number[]): Promise<ReplyValue> {
    this.lists.push([...vbuckets])
    return this.answer()
  }

  async shutdown(): Promise<void> {
    this.die()
  }

  onExit(exited: () => void): void {
    this.#exited = exited
  }

  die(): void {
    this.#exited()
  }
}

class ManagerStage {
  readonly started: string[] = []
  readonly replicators = new Map<string, FakeReplicator>()
  readonly manager: ReplicationManager

  constructor(connections = 2) {
    this.manager = new ReplicationManager({ connections, start: (identity) => this.#start(identity) })
  }

  set(node: string, ...vbuckets: number[]) {
    return this.manager.setDesired(new Map([[node, { features: ["snappy"], vbuckets: vbs(...vbuckets) }]]))
  }

  #start({ node, features, connection }: ReplicatorIdentity): FakeReplicator {
    const name = `${node}/${features.join("+")}/${connection}`
    this.started.push(name)
    const replicator = new FakeReplicator()
    this.replicators.set(name, replicator)
    return replicator
  }
}

describe("dcp: replication manager", () => {
  test("tells each connection the complete list of its own vBuckets, also an empty one", async () => {
    const stage = new ManagerStage()
    expect(await stage.set("n1", 0, 2, 4)).toEqual({ _tag: "Ok" })
    expect(await stage.set("n1", 2, 3)).toEqual({ _tag: "Ok" })
    expect(stage.replicators.get("n1/snappy/0")?.lists).toEqual([[0, 2, 4], [2]])
    expect(stage.replicators.get("n1/snappy/1")?.lists).toEqual([[], [3]])
  })

  test("L6 starts again only what died, by connection, and not before the next desired map", async () => {
    const stage = new ManagerStage()
    await stage.set("n1", 0, 1)
    stage.replicators.get("n1/snappy/1")?.die()
    expect(stage.started).toEqual(["n1/snappy/0", "n1/snappy/1"])
    expect(await stage.set("n1", 0, 1)).toEqual({ _tag: "Ok" })
    expect(stage.started).toEqual(["n1/snappy/0", "n1/snappy/1", "n1/snappy/1"])
  })

  test.each([
    { _tag: "Errors", failures: [{ _tag: "BadResponse", status: 7, vbucket: 1 }] },
    { _tag: "Refused" },
    { _tag: "Interrupted" }
  ])("S2 any answer but Ok fails the rebalance: $_tag", async (value) => {
    const stage = new ManagerStage()
    await stage.set("n1")
    stage.replicators.get("n1/snappy/1")!.answer = async () => value as ReplyValue
    expect(await stage.set("n1", 0, 1)).toMatchObject({
      _tag: "RebalanceFails",
      failures: [{ _tag: "Answered", replicator: { connection: 1 }, value }]
    })
  })

  test("a replicator that dies under the call fails the rebalance, and its sibling is set up all the same", async () => {
    const stage = new ManagerStage()
    await stage.set("n1")
    stage.replicators.get("n1/snappy/0")!.answer = () => Promise.reject(new Error("gone"))
    expect(await stage.set("n1", 0, 1)).toMatchObject({ failures: [{ _tag: "Exited", replicator: { connection: 0 } }] })
    expect(stage.replicators.get("n1/snappy/1")?.lists).toEqual([[], [1]])
  })

  test("stops replicators of nodes that are no longer named, and all of them when told", async () => {
    const stage = new ManagerStage(1)
    await stage.set("n1", 0)
    await stage.set("n2", 0)
    await stage.set("n1", 0)
    expect(stage.started).toEqual(["n1/snappy/0", "n2/snappy/0", "n1/snappy/0"])
    await stage.manager.stopAll("nuke")
    await stage.set("n1", 0)
    expect(stage.started).toHaveLength(4)
  })

  test("handles one desired map at a time", async () => {
    const stage = new ManagerStage(1)
    await stage.set("n1")
    let finish = (_: ReplyValue) => {}
    const replicator = stage.replicators.get("n1/snappy/0")!
    replicator.answer = () => new Promise((resolve) => (finish = resolve))
    const first = stage.set("n1", 0)
    const second = stage.set("n1", 1)
    await new Promise((resolve) => setImmediate(resolve))
    expect(replicator.lists).toEqual([[], [0]])
    replicator.answer = async () => ({ _tag: "Ok" })
    finish({ _tag: "Ok" })
    expect(await Promise.all([first, second])).toEqual([{ _tag: "Ok" }, { _tag: "Ok" }])
  })
})
