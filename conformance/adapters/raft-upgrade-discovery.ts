/** Our node that looks for group 0, in process: everything that it waits for is the kit's to give. */
import { setMaxListeners } from "node:events"
import { OtherServer } from "../../impl/raft-upgrade/discovery/discovery.ts"
import { UpgradeInjections } from "../../impl/raft-upgrade/injections.ts"
import { ConnectionBroken, type Network, type NodeAnswer } from "../../impl/raft-upgrade/network/network.ts"
import { type Machinery, machinery } from "../../impl/raft-upgrade/node/machinery.ts"
import { asShipped, reference, type UpgradeOptions } from "../../impl/raft-upgrade/options.ts"
import type { Disk } from "../../impl/raft-upgrade/storage/disk.ts"
import { MemoryDisk } from "../../impl/raft-upgrade/storage/memory-disk.ts"
import type { Context } from "../../impl/raft-upgrade/upgrade/context.ts"
import type { Membership } from "../../impl/raft-upgrade/upgrade/membership.ts"
import type { Clock } from "../../impl/runtime/clock.ts"
import { Aborted } from "../../impl/runtime/waits.ts"
import type { NodeId } from "../../spec/metadata.ts"
import { type DiscoveryInput, type DiscoveryOutput, looker } from "../../spec/raft-upgrade/discovery/messages.ts"
import { GroupId, type ServerId, StateId } from "../../spec/raft-upgrade/ids.ts"
import type { RaftUpgradeLabel } from "../../spec/raft-upgrade/labels.ts"
import type { ExchangeAnswer, PeerList } from "../../spec/raft-upgrade/messages.ts"
import type { DiscoveryAdapter } from "../kit/raft-upgrade/discovery-part.ts"
import type { Reaction, Seen, Session } from "../kit/role-under-test.ts"
import { settled } from "./announced.ts"

/** An adapter for our node, or for one with other choices or of other parts. */
export const discoveryAdapter = (
  name = "portcullis",
  options: UpgradeOptions = reference,
  made: Machinery = machinery
): DiscoveryAdapter => ({
  name,
  way: "in process",
  role: "raft-upgrade/discovery",
  start: () => new DiscoverySession(options, made)
})

/** The node with the choices of what ships. */
export const shippedDiscoveryAdapter = (name = "as shipped"): DiscoveryAdapter => discoveryAdapter(name, asShipped)

type Output = Seen<DiscoveryOutput>

class DiscoverySession implements Session<DiscoveryInput, DiscoveryOutput, never> {
  readonly #options: UpgradeOptions
  readonly #made: Machinery
  readonly #disk = new MemoryDisk()
  #life: Life | undefined
  #outputs: Array<Output> = []

  constructor(options: UpgradeOptions, made: Machinery) {
    this.#options = options
    this.#made = made
  }

  async input(input: DiscoveryInput): Promise<Reaction<DiscoveryOutput, never>> {
    this.#outputs = []
    await this.#give(input)
    await settled()
    return { outputs: this.#outputs }
  }

  stop(): void {
    this.#fall()
  }

  async #give(input: DiscoveryInput): Promise<void> {
    if (input._tag === "Falls") this.#fall()
    else if (input._tag === "Begins") await this.#begin(input.contacts, input.fresh)
    else this.#life?.take(input)
  }

  #fall(): void {
    this.#life?.end()
    this.#life = undefined
    // What the old node is about to write never comes to the disk.
    this.#disk.open()
  }

  async #begin(contacts: ReadonlyArray<NodeId>, fresh: ServerId): Promise<void> {
    let isBegun = false
    const put = (output: Output): void => {
      if (isBegun && this.#life === life) this.#outputs.push(output)
    }
    const disk = told(this.#disk.open(), (peers) => put({ _tag: "PeersStored", peers }))
    const store = await this.#made.NodeStore.open(disk)
    const life = new Life({ store, fresh, options: this.#options, made: this.#made, put, fall: () => this.#fall() })
    this.#life = life
    isBegun = true
    life.begin(contacts)
  }
}

/** The same disk, which tells of whom it holds from now on once that is there for good. */
const told = (disk: Disk, tell: (peers: PeerList) => void): Disk => ({
  ...disk,
  write: async (name, text) => {
    await disk.write(name, text)
    if (name === "discovery") tell(JSON.parse(text) as PeerList)
  }
})

interface LifeParts {
  readonly store: Context["store"]
  /** What it draws for its server's identity. */
  readonly fresh: ServerId
  readonly options: UpgradeOptions
  readonly made: Machinery
  readonly put: (output: Output) => void
  readonly fall: () => void
}

/** A question that is out. */
interface Question {
  readonly answer: (answer: NodeAnswer) => void
  readonly fail: (error: Error) => void
}

/** Nothing ever comes of waiting on it: whoever does not answer fails when the kit says so. */
const stopped: Clock = { now: () => 0, setTimer: () => () => undefined }

/** A node from its beginning to its fall, with all that it waits for. */
class Life {
  readonly #parts: LifeParts
  readonly #stopping = new AbortController()
  readonly #membership: Membership
  readonly #questions = new Map<NodeId, Question>()
  #pauseEnds = (): void => {}

  constructor(parts: LifeParts) {
    this.#parts = parts
    const { options, made, store } = parts
    const { signal } = this.#stopping
    // As many wait for its end as there are questions that nobody has answered.
    setMaxListeners(0, signal)
    const injections = new UpgradeInjections()
    injections.enable("group0_upgrade_pause_after_discovery")
    const tell = (label: RaftUpgradeLabel): void => this.#tell(label)
    const calls = new made.Calls(this.#network(), stopped)
    const state = new made.UpgradeStateAccess({ self: looker, local: store.local, injections, tell, options })
    const schema = new made.SchemaStore(looker, store.data, tell)
    const standing = { self: looker, calls, tell, options, state, schema, signal }
    const questions = new made.Questions(standing)
    const mint = { group: () => GroupId.make(1), server: () => parts.fresh, state: () => StateId.make(1) }
    const { Rounds } = made
    const context = { ...standing, store, clock: this.#clock(), injections, mint, questions, Rounds }
    this.#membership = new made.Membership(context, made)
  }

  begin(contacts: ReadonlyArray<NodeId>): void {
    this.#doing(this.#membership.join({ voter: true, contacts, isNew: false }))
  }

  end(): void {
    this.#stopping.abort()
  }

  take(input: Exclude<DiscoveryInput, { readonly _tag: "Begins" | "Falls" }>): void {
    switch (input._tag) {
      case "PauseEnds":
        this.#pauseEnds()
        break
      case "Asked":
        this.#doing(this.#wasAsked(input.by, input.peers))
        break
      case "Answered":
        this.#question(input.by)?.answer({ _tag: "Exchanged", answer: input.answer })
        break
      case "Fails":
        this.#question(input.to)?.fail(new ConnectionBroken(`${input.to} does not answer`))
        break
    }
  }

  async #wasAsked(by: NodeId, peers: PeerList): Promise<void> {
    const answer: ExchangeAnswer = await this.#membership.answer(by, peers)
    this.#parts.put({ _tag: "Answers", to: by, answer })
  }

  #question(to: NodeId): Question | undefined {
    const question = this.#questions.get(to)
    this.#questions.delete(to)
    return question
  }

  /** Whoever falls over another server than the one that it knows has ended; another failure is a defect. */
  #doing(work: Promise<void>): void {
    work.catch((thrown: unknown) => {
      if (thrown instanceof Aborted) return
      this.#parts.put(
        thrown instanceof OtherServer
          ? { _tag: "EndsItself" }
          : { _tag: "Strange", channel: "defects", what: String(thrown) }
      )
      if (thrown instanceof OtherServer) this.#parts.fall()
    })
  }

  /** Who is asked, and of what he is told, is heard of. */
  #network(): Network {
    return {
      self: looker,
      serve: () => undefined,
      ask: (to, request) => {
        if (request._tag !== "PeerExchange") throw new TypeError(`${request._tag} is nothing that discovery asks`)
        this.#parts.put({ _tag: "Asks", to, peers: request.peers })
        return new Promise((answer, fail) => this.#questions.set(to, { answer, fail }))
      },
      kill: () => undefined,
      ban: () => undefined,
      close: () => Promise.resolve()
    }
  }

  /** Nothing but the pause waits for time. */
  #clock(): Clock {
    return {
      now: () => 0,
      setTimer: (_, fire) => {
        this.#pauseEnds = fire
        this.#parts.put({ _tag: "Pauses" })
        return () => undefined
      }
    }
  }

  #tell(label: RaftUpgradeLabel): void {
    switch (label._tag) {
      case "ServerStored":
        this.#parts.put({ _tag: "ServerStored", server: label.server })
        break
      case "Led":
        this.#parts.put({ _tag: "Leads" })
        break
      case "GroupFound":
        this.#parts.put({ _tag: "Finds", group: label.group, via: label.via })
        break
    }
  }
}
