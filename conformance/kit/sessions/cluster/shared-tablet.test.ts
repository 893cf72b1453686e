// Goal: our clusters obey every law where two tables share a tablet. Method: let them loose, judged at every label; then have the
// coordinator believe that the second table was seen to.
import { expect, test } from "vitest"
import type { Network } from "../../../../impl/sessions/network/network.ts"
import { W28 } from "../../../../spec/sessions/laws/groups.ts"
import { NodeId } from "../../../../spec/sessions/metadata.ts"
import { clusterAdapter } from "../../../adapters/sessions-cluster/index.ts"
import type { Tamper } from "../../../adapters/sessions-cluster/local-cluster.ts"
import { checkCluster, replayCluster } from "./check-cluster.ts"
import { replicaAt, threeNodesSharing as setup } from "./cluster-setups.ts"

/** M89: only the first of the tables that share a tablet has it streamed, repaired for a rebuild and cleaned up. */
const firstOnly: Tamper = (parts) => {
  const { network } = parts
  const ask: Network["ask"] = async (to, request) =>
    request._tag === "Trigger" && request.tablet === "t1b" ? { _tag: "Ok" } : network.ask(to, request)
  return {
    ...parts,
    network: {
      self: network.self,
      serve: (handler) => network.serve(handler),
      ask,
      kill: (to) => network.kill(to),
      ban: (nodes) => network.ban(nodes),
      close: () => network.close()
    }
  }
}

const move = [
  { rule: "operator moves a tablet", choice: { tablet: "t1", from: replicaAt("A.0"), to: replicaAt("C.0") } },
  { rule: "client writes", choice: { at: NodeId.make("B"), tablet: "t1b", key: "k0" } },
  { rule: "everything goes on", choice: 2048 }
]

test("sessions: cluster: D8 S9 ours obeys every law in 60 runs where two tables share a tablet", async () => {
  const result = await checkCluster({ adapter: clusterAdapter(), setup, seed: 7, runs: 60 })
  expect(result.divergence?.told).toBeUndefined()
  expect(result).toMatchObject({ verdict: "pass", runs: 60 })
}, 120_000)

test("sessions: cluster: W28 the last of two tables is streamed", async () => {
  const { labels, broken } = await replayCluster(clusterAdapter(), setup, move)
  expect(broken).toEqual([])
  let known = W28.follows.init
  const happened = labels.filter((label) => {
    const before = known
    known = W28.follows.on(before, label)
    return W28.happens(before, label, known)
  })
  expect(happened).toMatchObject([{ _tag: "OperationEnded", node: "C", operation: "stream", tablet: "t1b" }])
})

test("sessions: cluster: M89 a coordinator that asks for the first table alone breaks D8", async () => {
  const { broken } = await replayCluster(clusterAdapter("first only", firstOnly), setup, move)
  expect(broken[0]).toEqual({
    law: "SES-D8",
    why: "t1 leaves streaming, and t1b has had no stream"
  })
})
