/** Worked conversations of the kit protocol, held with implementations of ours and written down as they happened. */
import { consumerAdapter } from "../../conformance/adapters/dcp-consumer.ts"
import { discoveryAdapter } from "../../conformance/adapters/raft-upgrade-discovery.ts"
import { workerAdapter } from "../../conformance/adapters/view-building-worker.ts"
import type { Adapter } from "../../conformance/kit/role-under-test.ts"
import { registryAdapter } from "../../conformance/museum/sessions/registry-adapter.ts"
import { usualBudgets } from "../../conformance/remote/budgets.ts"
import { Line } from "../../conformance/remote/line.ts"
import { remoteAdapter } from "../../conformance/remote/remote-adapter.ts"
import type { RemoteRole } from "../../conformance/remote/remote-role.ts"
import { consumerConnectionRole } from "../../conformance/remote/roles/consumer-connection.ts"
import { remoteRoles } from "../../conformance/remote/roles/index.ts"
import { discoveryRole } from "../../conformance/remote/roles/raft-upgrade-discovery.ts"
import { sessionRegistryRole } from "../../conformance/remote/roles/session-registry.ts"
import { viewBuildingWorkerRole } from "../../conformance/remote/roles/view-building-worker.ts"
import { serve, served } from "../../conformance/remote/serve.ts"
import { batched } from "../../conformance/remote/trace.ts"
import { WireWords } from "../../conformance/remote/wire-words.ts"
import { memoryDialer } from "../../conformance/transport/memory-link.ts"
import { setup, takeover } from "../../model/dcp/bounds.ts"
import { firstDrawn, group, serverOf } from "../../model/raft-upgrade/discovery/one/bounds.ts"
import { ownTerm, small } from "../../model/view-building/worker/alone/bounds.ts"
import type { ConsumerInput } from "../../spec/dcp/messages.ts"
import type { CallId, Opaque, Status, VBucket } from "../../spec/ids.ts"
import { NodeId, Position } from "../../spec/metadata.ts"
import type { DiscoveryInput } from "../../spec/raft-upgrade/discovery/messages.ts"
import { DrainId, GuardId, nullSession, SessionId } from "../../spec/sessions/ids.ts"
import type { RegistryInput } from "../../spec/sessions/registry/messages.ts"
import { CallId as BuildingCallId } from "../../spec/view-building/ids.ts"
import type { WorkerInput } from "../../spec/view-building/worker/messages.ts"

const [s1, s2] = [SessionId.make("1"), SessionId.make("2")]
const [g1, g2, g3] = [GuardId.make("g1"), GuardId.make("g2"), GuardId.make("g3")]
const d1 = DrainId.make("d1")

const registryInputs: ReadonlyArray<RegistryInput> = [
  { _tag: "Create", session: s1 },
  { _tag: "Create", session: s2 },
  { _tag: "Enter", session: s1, guard: g1 },
  { _tag: "Enter", session: nullSession, guard: g2 },
  { _tag: "Copy", guard: g1, copy: g2 },
  { _tag: "Move", guard: g2, to: g3 },
  { _tag: "Subscribe", guard: g1 },
  { _tag: "CloseAllExcept", keep: [s2] },
  { _tag: "Check", guard: g1 },
  { _tag: "Subscribe", guard: g3 },
  { _tag: "Enter", session: s1, guard: g2 },
  { _tag: "Drain", drain: d1 },
  { _tag: "Release", guard: g1 },
  { _tag: "Release", guard: g3 },
  { _tag: "Enter", session: s1, guard: g1 }
]

const call = (name: string): CallId => name as CallId
const opaque = (number: number): Opaque => number as Opaque
const status = (number: number): Status => number as Status
const vb = (number: number): VBucket => number as VBucket

const consumerInputs: ReadonlyArray<ConsumerInput> = [
  { _tag: "Call", call: call("c1"), request: setup(0, 1) },
  { _tag: "FromKvConsumer", packets: [{ _tag: "StreamRequest", vbucket: vb(0), opaque: opaque(101) }] },
  { _tag: "Call", call: call("c2"), request: { _tag: "GetPartitions" } },
  { _tag: "FromKvConsumer", packets: [{ _tag: "AddStreamResponse", opaque: opaque(0), status: status(0) }] },
  { _tag: "FromKvConsumer", packets: [{ _tag: "AddStreamResponse", opaque: opaque(1), status: status(7) }] },
  {
    _tag: "FromProducerConnection",
    cast: { _tag: "ProducerStreamEnd", vbucket: vb(0), opaque: opaque(101), reason: 2 }
  },
  { _tag: "Call", call: call("c3"), request: takeover(1) },
  { _tag: "FromKvConsumer", packets: [{ _tag: "CloseStreamResponse", opaque: opaque(7), status: status(0) }] }
]

/** A stream that ends before it is acknowledged: the connection dies of it, and what comes after it is not taken. */
const fatal: ReadonlyArray<ConsumerInput> = [
  { _tag: "Call", call: call("c1"), request: setup(0) },
  { _tag: "FromKvConsumer", packets: [{ _tag: "StreamRequest", vbucket: vb(0), opaque: opaque(101) }] },
  {
    _tag: "FromProducerConnection",
    cast: { _tag: "ProducerStreamEnd", vbucket: vb(0), opaque: opaque(101), reason: 2 }
  },
  { _tag: "Call", call: call("c2"), request: { _tag: "GetPartitions" } }
]

/** A view is built: group 0 says so, a coordinator asks, and what the worker waits for comes in turn. */
const workerInputs: ReadonlyArray<WorkerInput> = [
  { _tag: "Applied", at: Position.make(1), known: small.says[0]! },
  { _tag: "Call", call: BuildingCallId.make(1), term: ownTerm, tasks: small.asks[0]! },
  { _tag: "BarrierEnds", call: BuildingCallId.make(1), at: Position.make(1), term: ownTerm },
  { _tag: "ArrivalsEnd" },
  { _tag: "FlushEnds" },
  { _tag: "AttemptEnds", ok: false },
  { _tag: "PauseEnds" },
  { _tag: "AttemptEnds", ok: true },
  { _tag: "Call", call: BuildingCallId.make(1), term: ownTerm, tasks: small.asks[0]! },
  { _tag: "Drain" }
]

const [a, c] = [NodeId.make("A"), NodeId.make("C")]
const peer = (node: NodeId) => ({ node, server: serverOf(node) })

/** A node looks for the group: it hears of another, falls, asks both, and finds the group in the end. */
const discoveryInputs: ReadonlyArray<DiscoveryInput> = [
  { _tag: "Begins", contacts: [c], fresh: firstDrawn },
  { _tag: "Asked", by: a, peers: [peer(a), { node: c, server: null }] },
  { _tag: "Answered", by: c, answer: { _tag: "Peers", peers: [peer(c)] } },
  { _tag: "Falls" },
  { _tag: "Begins", contacts: [c], fresh: firstDrawn },
  { _tag: "Fails", to: c },
  { _tag: "Answered", by: a, answer: { _tag: "None" } },
  { _tag: "PauseEnds" },
  { _tag: "Answered", by: c, answer: { _tag: "Group", group, ...peer(c) } }
]

/** Frames as they went over the line, the kit's behind `→` and the adapter's behind `←`. */
const conversation = async <L, I, O, V>(
  role: RemoteRole<L, I, O, V>,
  adapter: Adapter<I, O, V>,
  inputs: ReadonlyArray<I>,
  fatal: ReadonlyArray<I>
): Promise<string> => {
  const lines: Array<string> = []
  const farEnd = serve([served(role, adapter)])
  const dialer = memoryDialer("ours", (say) => {
    const hear = farEnd((line) => {
      lines.push(`← ${line}`)
      say(line)
    })
    return (line) => {
      lines.push(`→ ${line}`)
      hear(line)
    }
  })
  const specs = remoteRoles.map(({ spec }) => spec)
  const line = new Line(dialer, { version: "0.1.0", specs, budgets: usualBudgets })
  const session = await remoteAdapter(line, role, 1).start()
  for (const input of inputs) await session.input(input)
  const peer = await line.peer()
  const words = new WireWords(role, peer.hello.caps?.observe ?? [])
  await batched(peer, role, words, inputs.slice(0, 3), 1)
  if (fatal.length > 0) await batched(peer, role, words, fatal, 1)
  await line.hangUp()
  return lines.join("\n")
}

export const registryFrames = (): Promise<string> =>
  conversation(sessionRegistryRole, registryAdapter(), registryInputs, [])

export const consumerFrames = (): Promise<string> =>
  conversation(consumerConnectionRole, consumerAdapter(), consumerInputs, fatal)

export const workerFrames = (): Promise<string> =>
  conversation(viewBuildingWorkerRole, workerAdapter(), workerInputs, [])

export const discoveryFrames = (): Promise<string> =>
  conversation(discoveryRole, discoveryAdapter(), discoveryInputs, [])
