import { join } from "node:path"
import { Position, ShardId } from "../../../spec/metadata.ts"
import { TaskId } from "../../../spec/view-building/ids.ts"
import { Feature } from "../../../spec/view-building/metadata.ts"
import { ControlLines } from "../../runtime/child/control-lines.ts"
import { JournalFile } from "../../runtime/child/journal-file.ts"
import { die, stderrLog } from "../../runtime/child/stderr-log.ts"
import { systemClock } from "../../runtime/clock.ts"
import { LamportClock } from "../../runtime/lamport-clock.ts"
import { atOnce } from "../../runtime/turn.ts"
import type { Address } from "../../runtime/wire/address.ts"
import { changes } from "../changes/changes.ts"
import { ControlAnswer, ControlCommand } from "../control.ts"
import { type CoordinatorOptions, reference as referenceCoordinator } from "../coordinator/options.ts"
import type { Entry } from "../group0/group0.ts"
import { RemoteGroup0 } from "../group0/remote-group0.ts"
import { BuildingInjections } from "../injections.ts"
import type { Journal } from "../journal.ts"
import { TcpNetwork } from "../network/tcp-network.ts"
import { ClusterNode } from "../node/cluster-node.ts"
import { obey } from "../node/obey.ts"
import { openFileDisk } from "../storage/file-disk.ts"
import { reference as referenceWorker, type WorkerOptions } from "../worker/options.ts"
import type { NodeConfiguration } from "./configuration.ts"
import { buildingJournal } from "./journal.ts"

/** What a node goes by before it has heard anything of group 0. */
const nothing: Entry = {
  at: Position.make(0),
  metadata: {
    state: { tasks: [], minTask: null, processing: null, statuses: [], tables: [], nodes: [], normal: [] },
    lastTask: TaskId.make(0)
  }
}

/** What a node does otherwise than the reference. */
export interface Choices {
  readonly worker?: Partial<WorkerOptions>
  readonly coordinator?: Partial<CoordinatorOptions>
}

/** Runs a node in this process, until it is told to shut down or nobody commands it any more. */
export async function runNode(
  { self, shards: count, host, journal, store, clock: from }: NodeConfiguration,
  choices: Choices = {}
): Promise<void> {
  const log = stderrLog(self)
  const clock = new LamportClock(from)
  const file = new JournalFile(buildingJournal, journal, self, clock)
  // A node that cannot tell what it does must not do it.
  const tell: Journal = (label) => {
    try {
      file.journal(label)
    } catch (error) {
      die(self, error)
    }
  }
  const shards = Array.from({ length: count }, (_, shard) => ShardId.make(shard))
  const disk = await openFileDisk({ path: join(store, "data"), shards, log })
  const addresses = new Map<string, Address>()
  const addressOf = (node: string) => addresses.get(node)
  const network = await TcpNetwork.open({ self, listen: { host, port: 0 }, addressOf, clock, log })
  const injections = new BuildingInjections()
  let group0Address: Address | undefined
  let group0: RemoteGroup0 | undefined
  let node: ClusterNode | undefined

  const learn = (command: Extract<ControlCommand, { readonly _tag: "Addresses" }>): void => {
    group0Address = command.group0
    for (const [name, address] of Object.entries(command.nodes)) addresses.set(name, address)
    if (node !== undefined) return
    const first = group0Address
    group0 = new RemoteGroup0({ self, address: () => group0Address ?? first, clock, injections, log })
    const parts = {
      self,
      shards,
      group0,
      network,
      store: disk.store,
      clock: systemClock,
      injections,
      turn: atOnce,
      tell
    }
    const failed = (error: unknown): never => die(self, error)
    const worker = { ...referenceWorker, ...choices.worker }
    const coordinator = { ...referenceCoordinator, ...choices.coordinator }
    node = new ClusterNode(
      { ...parts, worker, coordinator, changes, knows: Feature.literals, incarnation: from, failed },
      nothing
    )
    node.start()
  }

  const stop = async (): Promise<void> => {
    await node?.drain()
    node?.stop()
    await network.close()
    await group0?.close()
    await disk.close()
  }

  const obeyHere = async (command: ControlCommand): Promise<ControlAnswer> => {
    if (command._tag === "Addresses") learn(command)
    else if (command._tag === "Inject") {
      const { action, name, token } = command
      if (action === "is-enabled") return { _tag: "Enabled", isEnabled: injections.isEnabled(name) }
      if (action === "query") return { _tag: "Reached", times: injections.reached(name) }
      if (action === "disable") injections.disable(name)
      else if (action === "message") injections.message(name)
      else injections.enable(name, { once: action === "enable-once", only: token === undefined ? {} : { token } })
    } else if (command._tag === "Shutdown") {
      await stop()
      // Behind the answer, which is written in a microtask.
      setImmediate(() => process.exit(0))
    } else if (node === undefined) return { _tag: "Failed", why: "the node waits to be told where the others are" }
    else return obey(node, disk.store, command)
    return { _tag: "Done" }
  }

  const abandoned = (): void => {
    stop().then(
      () => process.exit(0),
      (error: unknown) => die(self, error)
    )
  }
  const { stdin: input, stdout: output } = process
  const lines = { command: ControlCommand, answer: ControlAnswer, obey: obeyHere, abandoned }
  new ControlLines({ input, output, clock, ...lines }).tell({ event: "listening", address: network.address })
}
