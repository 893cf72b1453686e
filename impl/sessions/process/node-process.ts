import { ControlLines } from "../../runtime/child/control-lines.ts"
import { JournalFile } from "../../runtime/child/journal-file.ts"
import { die, stderrLog } from "../../runtime/child/stderr-log.ts"
import type { Injections } from "../../runtime/injections.ts"
import { LamportClock } from "../../runtime/lamport-clock.ts"
import type { Address } from "../../runtime/wire/address.ts"
import { ControlAnswer, ControlCommand } from "../control.ts"
import { RemoteGroup0 } from "../group0/remote-group0.ts"
import { DefaultInjections } from "../injections-default.ts"
import type { Journal } from "../journal.ts"
import { TcpNetwork } from "../network/tcp-network.ts"
import type { RunningNode, StartNode } from "../node/parts.ts"
import { FileStore } from "../storage/file-store.ts"
import type { NodeConfiguration } from "./configuration.ts"
import { sessionsJournal } from "./journal.ts"

/** Runs a node in this process, until it is told to shut down or nobody commands it any more. */
export async function runNode(startNode: StartNode, configuration: NodeConfiguration): Promise<void> {
  const node = await NodeProcess.open(startNode, configuration)
  const control = new ControlLines({
    input: process.stdin,
    output: process.stdout,
    clock: node.clock,
    command: ControlCommand,
    answer: ControlAnswer,
    obey: (command) => node.obey(command),
    abandoned: () => node.end()
  })
  control.tell({ event: "listening", address: node.address })
}

interface Parts {
  readonly clock: LamportClock
  readonly journal: Journal
  readonly injections: Injections
  readonly network: TcpNetwork
  readonly store: FileStore
  readonly addresses: Map<string, Address>
}

/** One node's process: its parts, and the node itself once it knows where the others are. */
class NodeProcess {
  readonly #startNode: StartNode
  readonly #configuration: NodeConfiguration
  readonly #parts: Parts
  #group0Address: Address | undefined
  #group0: RemoteGroup0 | undefined
  #node: Promise<RunningNode> | undefined

  private constructor(startNode: StartNode, configuration: NodeConfiguration, parts: Parts) {
    this.#startNode = startNode
    this.#configuration = configuration
    this.#parts = parts
  }

  static async open(startNode: StartNode, configuration: NodeConfiguration): Promise<NodeProcess> {
    const { self, host } = configuration
    const log = stderrLog(self)
    const clock = new LamportClock(configuration.clock)
    const file = new JournalFile(sessionsJournal, configuration.journal, self, clock)
    // A node that cannot tell what it does must not do it.
    const journal: Journal = (label) => {
      try {
        file.journal(label)
      } catch (error) {
        die(self, error)
      }
    }
    const store = await FileStore.open(configuration.store, log)
    const addresses = new Map<string, Address>()
    const addressOf = (node: string) => addresses.get(node)
    const network = await TcpNetwork.open({ self, listen: { host, port: 0 }, addressOf, clock, journal, log })
    const parts = { clock, journal, injections: new DefaultInjections(), network, store, addresses }
    return new NodeProcess(startNode, configuration, parts)
  }

  get clock(): LamportClock {
    return this.#parts.clock
  }

  get address(): Address {
    return this.#parts.network.address
  }

  async obey(command: ControlCommand): Promise<ControlAnswer> {
    switch (command._tag) {
      case "Addresses":
        this.#learn(command)
        await this.#node
        return { _tag: "Done" }
      case "KillConnections":
        this.#parts.network.kill(command.host)
        return { _tag: "Done" }
      case "Inject":
        return this.#inject(command)
      case "Shutdown":
        await this.#stop()
        // Behind the answer, which is written in a microtask.
        setImmediate(() => process.exit(0))
        return { _tag: "Done" }
      default:
        if (this.#node === undefined) return { _tag: "Failed", why: "the node waits to be told where the others are" }
        return (await this.#node).control(command)
    }
  }

  /** Nobody commands the process any more. */
  end(): void {
    this.#stop().then(
      () => process.exit(0),
      (error: unknown) => die(this.#configuration.self, error)
    )
  }

  #learn({ group0, nodes }: Extract<ControlCommand, { readonly _tag: "Addresses" }>): void {
    this.#group0Address = group0
    for (const [node, address] of Object.entries(nodes)) this.#parts.addresses.set(node, address)
    this.#node ??= this.#start(group0)
  }

  #start(first: Address): Promise<RunningNode> {
    const { self, shards } = this.#configuration
    const { clock, journal, injections, network, store } = this.#parts
    const address = () => this.#group0Address ?? first
    const group0 = new RemoteGroup0({ self, address, clock, injections, log: stderrLog(self) })
    this.#group0 = group0
    return this.#startNode({ self, shards, group0, network, store, journal, injections })
  }

  #inject({ action, name }: Extract<ControlCommand, { readonly _tag: "Inject" }>): ControlAnswer {
    const { injections } = this.#parts
    if (action === "query") return { _tag: "Reached", times: injections.reached(name) }
    if (action === "enable") injections.enable(name)
    else if (action === "enable-once") injections.enable(name, { once: true })
    else if (action === "disable") injections.disable(name)
    else injections.message(name)
    return { _tag: "Done" }
  }

  /** The node first, then what it stands on. */
  async #stop(): Promise<void> {
    const { network, store } = this.#parts
    await (await this.#node)?.stop()
    await network.close()
    await this.#group0?.close()
    await store.close()
  }
}
