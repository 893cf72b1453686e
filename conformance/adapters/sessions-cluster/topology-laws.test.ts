/** Our cluster under topology requests and faults, judged by the laws of the ring that the model is judged by. */
import { describe, expect, test } from "vitest"
import type { NodeCommand } from "../../../impl/sessions/control.ts"
import type { InjectionName } from "../../../impl/sessions/injections-default.ts"
import { breath, Cluster, put, Turns } from "../../../impl/sessions/node/cluster.test-support.ts"
import { chance } from "../../../model/explorer/random.ts"
import { globalTrackLaws } from "../../../model/sessions/topology/scope.ts"
import { topologyWitness } from "../../../spec/sessions/laws/topology-witnesses.ts"
import { RequestId } from "../../../spec/sessions/messages.ts"
import { NodeId, ringRange } from "../../../spec/sessions/metadata.ts"
import { ClusterJudge } from "../../kit/cluster/cluster-judge.ts"

const nodes = ["A", "B", "C", "D"]
const places: ReadonlyArray<InjectionName> = [
  "stream_mutation_fragments",
  "stream_consumer_wait",
  "truncate_table_wait",
  "pause_before_barrier_and_drain",
  "ring_cleanup_wait",
  "replica_write_wait"
]
const failures: ReadonlyArray<InjectionName> = [
  "critical_disk_utilization",
  "raft_topology_barrier_and_drain_fail",
  "truncate_crash_after_session_clear"
]

/** A ring in which things go wrong by a seed. */
class Storm {
  readonly #draw: (below: number) => number
  readonly cluster: Cluster
  /** Writes that were acknowledged, and how much had been told when they were asked for. */
  readonly #acknowledged: Array<{ readonly key: string; readonly timestamp: number; readonly from: number }> = []
  #timestamp = 0

  private constructor(draw: (below: number) => number, cluster: Cluster) {
    this.#draw = draw
    this.cluster = cluster
  }

  static async begin(seed: number): Promise<Storm> {
    const draw = chance(seed, 1)
    const turns = new Turns((count) => (count === 0 ? 0 : draw(count)))
    const cluster = await Cluster.start({ turns, tablets: [], owners: ["A", "B"], members: ["A", "B", "C"] })
    cluster.fate = ({ what, tag, broken }) => {
      if (broken && draw(2) === 0) return "lose"
      return what === "request" && (tag === "StreamRows" || tag === "Truncate") && draw(10) === 0
        ? "duplicate"
        : "deliver"
    }
    return new Storm(draw, cluster)
  }

  async rage(steps: number): Promise<void> {
    for (let step = 0; step < steps; step++) {
      await this.#act(this.#draw(1000))
      await breath()
    }
  }

  /** Nothing goes wrong any more, and everything that was begun comes to an end. */
  async calm(): Promise<void> {
    const { cluster } = this
    for (const node of nodes)
      for (const place of [...places, ...failures]) cluster.member(node).injections.disable(place)
    cluster.fate = undefined
    cluster.group0.elect(NodeId.make("B"))
    await cluster.until(() => {
      const { queue, current, dirty } = cluster.topology
      return current === null && queue.length === 0 && dirty.length === 0
    }, 120)
    // Long enough for the last drains, which nothing in group 0 tells of.
    const end = cluster.clock.now() + 5000
    await cluster.until(() => cluster.clock.now() >= end)
  }

  /** What a client is not told any more of what it was promised. */
  async broken(): Promise<ReadonlyArray<string>> {
    const found: Array<string> = []
    const { labels } = this.cluster
    // What was written before the end of the last truncation that has dropped anything, nobody promises anything about.
    const dropped = labels.findLastIndex(({ _tag }) => _tag === "Truncated")
    const end = labels.findIndex(
      (label, at) => at > dropped && label._tag === "Committed" && label.metadata.topology?.current === null
    )
    const promised = this.#acknowledged.filter(({ from }) => from > end)
    for (const key of new Set(promised.map((write) => write.key))) {
      const least = Math.max(...promised.filter((write) => write.key === key).map(({ timestamp }) => timestamp))
      const request = RequestId.make(`last ${key}`)
      const order: NodeCommand = { _tag: "Read", request, tablet: ringRange, key, consistency: "QUORUM" }
      const answer = await this.cluster.soon(this.cluster.order("A", order))
      const rows = answer._tag === "RequestEnded" && answer.ok ? answer.rows : []
      if ((rows[0]?.timestamp ?? 0) < least)
        found.push(`${key} is as of ${rows[0]?.timestamp}, and ${least} was acknowledged`)
    }
    return found
  }

  async #act(lot: number): Promise<void> {
    const { cluster } = this
    const node = this.#one(nodes)
    if (lot < 20) this.#write(node)
    else if (lot < 28) cluster.network.kill(NodeId.make(node), NodeId.make(this.#one(nodes)))
    else if (lot < 32) cluster.group0.elect(NodeId.make(node))
    else if (lot < 60) cluster.clock.advance(500)
    else if (lot < 63) await cluster.restart(node)
    else if (lot < 78) void cluster.order(node, this.#change())
    else if (lot < 80) void cluster.order(node, { _tag: "Truncate", tablet: ringRange })
    else if (lot < 81) void cluster.order(node, { _tag: "Snapshot", tablet: ringRange })
    else if (lot < 92) cluster.inject(node, this.#one([...places, ...failures]))
    else if (lot < 106) cluster.member(node).injections.message(this.#one(places))
    else cluster.step()
  }

  /** A change of the ring that could be asked for as it stands: three owners at most. */
  #change(): NodeCommand {
    const { owners } = this.cluster.topology
    const members = this.cluster.metadata.nodes
    const byRepair = this.#draw(2) === 0
    const stranger = nodes.map((name) => NodeId.make(name)).find((node) => !members.includes(node))
    const leaver = owners[this.#draw(owners.length)]!
    const rest = owners.filter((owner) => owner !== leaver)
    if (this.#draw(5) === 0) return { _tag: "RebuildNode", node: leaver, byRepair }
    if (stranger !== undefined)
      return {
        _tag: "Join",
        node: stranger,
        owners: owners.length < 3 ? [...owners, stranger] : [...rest, stranger],
        byRepair
      }
    const spare = members.find((member) => !owners.includes(member))
    return { _tag: "Leave", node: leaver, owners: spare === undefined ? rest : [...rest, spare], byRepair }
  }

  #write(node: string): void {
    const key = `k${this.#draw(3)}`
    const row = put(key, ++this.#timestamp)
    const from = this.cluster.labels.length
    void this.cluster.write(node, row, "QUORUM", ringRange).then((answer) => {
      if (answer._tag === "RequestEnded" && answer.ok) this.#acknowledged.push({ key, timestamp: row.timestamp, from })
    })
  }

  #one<A>(all: ReadonlyArray<A>): A {
    return all[this.#draw(all.length)]!
  }
}

const seen = new Set<string>()
const witnesses = ["W41", "W42", "W44", "W45"].map(topologyWitness)

describe("sessions: ring: laws", () => {
  test.each(Array.from({ length: 30 }, (_, seed) => seed + 1))(
    "S6t D1t D2t D3t S16 L3t, the laws of sessions and promises to clients hold, whatever goes wrong (seed %i)",
    async (seed) => {
      const storm = await Storm.begin(seed)
      await storm.rage(2500)
      await storm.calm()
      const { labels } = storm.cluster
      const judge = new ClusterJudge(globalTrackLaws)
      expect(judge.judge(labels)).toEqual([])
      expect(judge.pending()).toEqual([])
      expect(await storm.broken()).toEqual([])
      for (const witness of witnesses) {
        let memory = witness.follows.init
        for (const label of labels) {
          const before = memory
          memory = witness.follows.on(before, label)
          if (witness.happens(before, label, memory)) seen.add(witness.id)
        }
      }
    }
  )

  test("in these runs requests succeed and fail, work is turned away, and nodes come back", () => {
    expect([...seen].sort()).toEqual(witnesses.map(({ id }) => id))
  })
})
