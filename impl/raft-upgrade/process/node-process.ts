import { GroupId, ServerId, StateId } from "../../../spec/raft-upgrade/ids.ts"
import { ControlLines } from "../../runtime/child/control-lines.ts"
import { JournalFile } from "../../runtime/child/journal-file.ts"
import { die, stderrLog } from "../../runtime/child/stderr-log.ts"
import { hurried, systemClock } from "../../runtime/clock.ts"
import { LamportClock } from "../../runtime/lamport-clock.ts"
import type { Address } from "../../runtime/wire/address.ts"
import { ControlAnswer, ControlCommand } from "../control.ts"
import { UpgradeInjections } from "../injections.ts"
import type { Journal } from "../journal.ts"
import { TcpNetwork } from "../network/tcp-network.ts"
import { ClusterNode } from "../node/cluster-node.ts"
import { reference, type UpgradeOptions } from "../options.ts"
import { openFileDisk } from "../storage/file-disk.ts"
import { NodeStore } from "../storage/node-store.ts"
import type { Mint } from "../upgrade/context.ts"
import type { NodeConfiguration } from "./configuration.ts"
import { upgradeJournal } from "./journal.ts"
import { obey } from "./obey.ts"
import { untoldByNode } from "./untold.ts"

const numbers = 1024

/** Names that no other node gives, and this one never again: its logical time does not go back. */
const mintOf = (clock: LamportClock, number: number): Mint => {
  const fresh = (): number => clock.tick() * numbers + number
  return {
    group: () => GroupId.make(fresh()),
    server: () => ServerId.make(fresh()),
    state: () => StateId.make(fresh())
  }
}

/** Runs a node in this process, until it is told to shut down or nobody commands it any more. */
export async function runNode(configuration: NodeConfiguration, options: UpgradeOptions = reference): Promise<void> {
  const { self, host, supports, contacts, peers } = configuration
  const log = stderrLog(self)
  const clock = new LamportClock(configuration.clock)
  // All of it is read before anything is told or done: a node with a damaged file begins nothing.
  const store = await NodeStore.open(await openFileDisk(configuration.store))
  const file = new JournalFile(upgradeJournal, configuration.journal, self, clock)
  // A node that cannot tell what it does must not do it.
  const tell: Journal = (label) => {
    try {
      file.journal(label)
    } catch (error) {
      die(self, error)
    }
  }
  const told = file.found.map(({ label }) => label)
  for (const label of await untoldByNode(self, store, told)) tell(label)
  if (peers !== null && store.ring.value.bootstrap === "needs")
    await store.ring.update((row) => ({ ...row, bootstrap: "completed", peers }))
  const addresses = new Map<string, Address>()
  const timers = hurried(systemClock, configuration.haste)
  const addressOf = (node: string) => addresses.get(node)
  const network = await TcpNetwork.open({ self, listen: { host, port: 0 }, addressOf, clock, log })
  const injections = new UpgradeInjections()
  const node = new ClusterNode({
    self,
    store,
    network,
    clock: timers,
    callClock: systemClock,
    injections,
    tell,
    options,
    mint: mintOf(clock, configuration.number),
    supports,
    contacts,
    failed: (error) => die(self, error)
  })
  let hasStarted = false

  const stop = async (): Promise<void> => {
    node.stop()
    await network.close()
  }

  const obeyHere = async (command: ControlCommand): Promise<ControlAnswer> => {
    if (command._tag === "Addresses") {
      for (const [name, address] of Object.entries(command.addresses)) addresses.set(name, address)
      if (!hasStarted) node.start()
      hasStarted = true
      return { _tag: "Done" }
    }
    if (command._tag === "Shutdown") {
      await stop()
      // Behind the answer, which is written in a microtask.
      setImmediate(() => process.exit(0))
      return { _tag: "Done" }
    }
    return obey({ self, node, store, network, injections, tell }, command)
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
