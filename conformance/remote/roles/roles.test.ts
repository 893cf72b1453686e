// Goal: our own implementations are right in every role of DCP. Method: check them over a line, with a tour of everything.
import { expect, test } from "vitest"
import { codecAdapter } from "../../adapters/dcp-codec.ts"
import { managerAdapter } from "../../adapters/dcp-manager.ts"
import { producerAdapter } from "../../adapters/dcp-producer.ts"
import { replicatorAdapter } from "../../adapters/dcp-replicator.ts"
import type { Adapter } from "../../kit/role-under-test.ts"
import { memoryDialer } from "../../transport/memory-link.ts"
import { patient, summary } from "../altered.test-support.ts"
import { checkRemote } from "../check-remote.ts"
import { Line } from "../line.ts"
import type { RemoteRole } from "../remote-role.ts"
import { serve, served } from "../serve.ts"
import { codecRole } from "./codec.ts"
import { producerConnectionRole } from "./producer-connection.ts"
import { replicationManagerRole } from "./replication-manager.ts"
import { replicatorRole } from "./replicator.ts"

const toured = async <L, I, O extends { readonly _tag: string }, V>(
  role: RemoteRole<L, I, O, V>,
  adapter: Adapter<I, O, V>
) => {
  const line = new Line(memoryDialer("ours", serve([served(role, adapter)])), {
    version: "test",
    specs: [],
    budgets: patient
  })
  const quiet = { interrupted: () => false, onProgress: () => undefined }
  const result = await checkRemote(role, line, { seed: 1, runs: 100, tour: true, variant: "reference", ...quiet })
  const { transitions, complete, doubtful } = result.tour ?? {}
  return [summary(result), transitions, complete, doubtful]
}

test("kit: roles: our producer connection passes, every packet and pair of packets", async () => {
  expect(await toured(producerConnectionRole, producerAdapter())).toEqual(["pass", 508, true, false])
})

test("kit: roles: our replicator passes, every transition", async () => {
  expect(await toured(replicatorRole, replicatorAdapter())).toEqual(["pass", 41, true, false])
})

test("kit: roles: our replication manager passes, every transition", async () => {
  expect(await toured(replicationManagerRole, managerAdapter())).toEqual(["pass", 111, true, false])
})

test("kit: roles: our codec passes, every frame", async () => {
  expect(await toured(codecRole, codecAdapter())).toEqual(["pass", 9, true, false])
})
