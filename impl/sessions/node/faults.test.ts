import { describe, expect, test } from "vitest"
import { NodeId, type Replica } from "../../../spec/sessions/metadata.ts"
import { Xorshift } from "../../dcp/mcbp/xorshift.test-support.ts"
import { at, breath, Cluster, put, Turns, t1 } from "./cluster.test-support.ts"
import { complaints } from "./verdict.test-support.ts"

const nodes = ["A", "B", "C", "D"]
/** Where somebody may stop or fail, or the coordinator may change its mind. */
const places = [
  "stream_mutation_fragments",
  "stream_consumer_wait",
  "replica_write_wait",
  "cleanup_tablet_wait",
  "stream_tablet_fail",
  "stream_tablet_move_to_cleanup",
  "raft_topology_barrier_and_drain_fail"
] as const
/** What may come twice. */
const doubled = ["StreamRows", "Write", "Trigger", "RepairRows"]

/** A cluster in which things go wrong by a seed, and clients who remember what they were told. */
class Storm {
  readonly #random: Xorshift
  readonly cluster: Cluster
  readonly acknowledged = new Map<string, number>()
  readonly surprises: string[] = []
  #timestamp = 0

  private constructor(random: Xorshift, cluster: Cluster) {
    this.#random = random
    this.cluster = cluster
  }

  static async begin(seed: number): Promise<Storm> {
    const random = new Xorshift(seed * 7919)
    const turns = new Turns((count) => (count === 0 ? 0 : random.below(count)))
    const cluster = await Cluster.start({ turns, streamPath: seed % 2 === 0 ? "files" : "mutations" })
    cluster.fate = ({ what, tag, broken }) => {
      // What was on its way when its connection broke may still come, long after the asker was told that it is lost.
      if (broken && random.below(2) === 0) return "lose"
      return what === "request" && doubled.includes(tag) && random.below(20) === 0 ? "duplicate" : "deliver"
    }
    return new Storm(random, cluster)
  }

  async rage(steps: number): Promise<void> {
    for (let step = 0; step < steps; step++) {
      await this.#act(this.#random.below(1000))
      await breath()
    }
  }

  /** Nothing goes wrong any more, and everything that was begun comes to an end. */
  async calm(): Promise<void> {
    for (const node of nodes) for (const place of places) this.cluster.member(node).injections.disable(place)
    this.cluster.fate = undefined
    this.cluster.group0.elect(NodeId.make("B"))
    await this.cluster.untilIdle()
    await this.cluster.until(() => this.cluster.of("ShardCommitted").at(-1)?.open.length === 0)
  }

  async #act(chance: number): Promise<void> {
    const { cluster } = this
    const node = this.#node()
    if (chance < 20) this.#write(node)
    else if (chance < 32) this.#read(node)
    else if (chance < 36) cluster.network.kill(NodeId.make(node), NodeId.make(this.#node()))
    else if (chance < 38) cluster.group0.elect(NodeId.make(node))
    else if (chance < 60) cluster.clock.advance(500)
    else if (chance < 63) await cluster.restart(node)
    else if (chance < 78) void cluster.migrate(this.#replica(), at(node, this.#random.below(2)))
    else if (chance < 81) void cluster.order(node, { _tag: "Repair", tablet: t1 })
    else if (chance < 88) cluster.inject(node, places[this.#random.below(places.length)]!)
    else if (chance < 98) cluster.member(node).injections.message(places[this.#random.below(places.length)]!)
    else cluster.step()
  }

  #write(node: string): void {
    const key = `k${this.#random.below(3)}`
    const row = put(key, ++this.#timestamp)
    void this.cluster.write(node, row, "QUORUM").then((answer) => {
      if (answer._tag !== "RequestEnded" || !answer.ok) return
      this.acknowledged.set(key, Math.max(row.timestamp, this.acknowledged.get(key) ?? 0))
    })
  }

  #read(node: string): void {
    const key = `k${this.#random.below(3)}`
    const least = this.acknowledged.get(key) ?? 0
    void this.cluster.read(node, key).then((row) => {
      if (row !== undefined && (row?.timestamp ?? 0) < least)
        this.surprises.push(`D4 ${node} read ${row?.timestamp} of ${key}, where ${least} was acknowledged`)
    })
  }

  #node(): string {
    return nodes[this.#random.below(nodes.length)]!
  }

  #replica(): Replica {
    const { replicas } = this.cluster.tablet()
    return replicas[this.#random.below(replicas.length)]!
  }
}

describe("sessions: node: whatever goes wrong", () => {
  test.each(Array.from({ length: 30 }, (_, seed) => seed + 1))(
    "S4 S6 V1 V3 V4 D1 D3 D4 hold (seed %i)",
    async (seed) => {
      const storm = await Storm.begin(seed)
      const { cluster } = storm
      await storm.rage(2500)
      await storm.calm()
      expect(complaints(cluster.labels)).toEqual([])
      expect(storm.surprises).toEqual([])
      for (const [key, timestamp] of storm.acknowledged)
        expect((await cluster.soon(cluster.read("A", key)))?.timestamp).toBeGreaterThanOrEqual(timestamp)
      for (const node of nodes)
        for (const shard of [0, 1])
          if (!cluster.replicas().includes(`${node}${shard}`)) expect(await cluster.data(node, shard)).toEqual([])
    }
  )

  test.each(Array.from({ length: 15 }, (_, seed) => seed + 101))(
    "D2 nothing that was deleted comes back (seed %i)",
    async (seed) => {
      const storm = await Storm.begin(seed)
      const { cluster } = storm
      await cluster.soon(cluster.write("A", put("d", 1)))
      await storm.rage(1500)
      await storm.calm()
      expect(await cluster.soon(cluster.write("A", put("d", 2, null)))).toMatchObject({ ok: true })
      await cluster.soon(cluster.order("A", { _tag: "Repair", tablet: t1 }))
      await cluster.untilIdle()
      for (const node of nodes) await cluster.soon(cluster.order(node, { _tag: "Purge", tablet: t1, before: 3 }))
      await storm.rage(1500)
      await storm.calm()
      expect(await cluster.soon(cluster.read("A", "d", "ALL"))).toBeNull()
      expect(complaints(cluster.labels)).toEqual([])
    }
  )
})
