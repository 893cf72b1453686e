/** Our node on its way to group 0, in process: peers, whoever leads the group, clients, time and falls are the kit's. */
import type { Entry } from "../../impl/raft-upgrade/group0/entry.ts"
import { UpgradeInjections } from "../../impl/raft-upgrade/injections.ts"
import {
  ConnectionBroken,
  type Network,
  type NodeAnswer,
  type NodeRequest
} from "../../impl/raft-upgrade/network/network.ts"
import { ClusterNode } from "../../impl/raft-upgrade/node/cluster-node.ts"
import { type Machinery, machinery } from "../../impl/raft-upgrade/node/machinery.ts"
import { asShipped, reference, type UpgradeOptions } from "../../impl/raft-upgrade/options.ts"
import { versionOf } from "../../impl/raft-upgrade/schema/schema-store.ts"
import { MemoryDisk } from "../../impl/raft-upgrade/storage/memory-disk.ts"
import type { NodeStore } from "../../impl/raft-upgrade/storage/node-store.ts"
import type { Clock } from "../../impl/runtime/clock.ts"
import { type NodeBounds, self, serverOf } from "../../model/raft-upgrade/node/surroundings.ts"
import { leader, type NodeInput, type NodeSaid, type Question } from "../../model/raft-upgrade/node/words.ts"
import type { NodeId } from "../../spec/metadata.ts"
import { type GroupId, OperationId, type ServerId, StateId } from "../../spec/raft-upgrade/ids.ts"
import type { RaftUpgradeLabel } from "../../spec/raft-upgrade/labels.ts"
import type { Configuration, Edit } from "../../spec/raft-upgrade/messages.ts"
import type { NodeAdapter } from "../kit/raft-upgrade/node-part.ts"
import type { Reaction, Seen, Session } from "../kit/role-under-test.ts"
import { settled } from "./announced.ts"

/** An adapter for our node, or for one with other choices or of other parts. */
export const nodeAdapter = (
  { peers }: Pick<NodeBounds, "peers">,
  name = "portcullis",
  options: UpgradeOptions = reference,
  made: Machinery = machinery
): NodeAdapter => ({
  name,
  way: "in process",
  role: "raft-upgrade/node",
  start: async () => {
    const session = new NodeSession(peers, options, { ...made, pullNowAndThen: async () => {} })
    await session.prepare()
    return session
  }
})

/** The node with the choices of what ships. */
export const shippedNodeAdapter = (bounds: Pick<NodeBounds, "peers">, name = "as shipped"): NodeAdapter =>
  nodeAdapter(bounds, name, asShipped)

/** Nothing ever comes of waiting on it: whoever does not answer fails when the kit says so. */
const stopped: Clock = { now: () => 0, setTimer: () => () => undefined }

/** What no command leads to. */
const overtaken = StateId.make(99)

/** How long a change waits for the end of synchronize. */
const patienceMs = 10_000

interface Timer {
  readonly ms: number
  readonly fire: () => void
}

/** What a request asks for; of the ring a node is told at once, and what was only sent nobody answers. */
const askedBy: Partial<Record<NodeRequest["_tag"], Question | "gossip" | "unanswered">> = {
  GetUpgradeState: "state",
  SchemaCheck: "version",
  MigrationRequest: "schema",
  PeerExchange: "peers",
  ModifyConfig: "letIn",
  Found: "begin",
  Barrier: "barrier",
  Commit: "commit",
  Features: "gossip",
  Here: "unanswered",
  DefinitionsUpdate: "unanswered"
}

/** A call that is out. */
interface Out {
  readonly to: NodeId
  readonly what: Question
  readonly request: NodeRequest
  readonly answer: (answer: NodeAnswer) => void
  readonly fail: (error: Error) => void
}

type Input = Exclude<NodeInput, { readonly _tag: "Begins" | "Falls" | "Edited" }>

class NodeSession implements Session<NodeInput, NodeSaid, never> {
  readonly #peers: ReadonlyArray<NodeId>
  readonly #options: UpgradeOptions
  readonly #made: Machinery
  readonly #disk = new MemoryDisk()
  #life: Life | undefined
  #outputs: Array<Seen<NodeSaid>> = []

  constructor(peers: ReadonlyArray<NodeId>, options: UpgradeOptions, made: Machinery) {
    this.#peers = peers
    this.#options = options
    this.#made = made
  }

  /** The node has been on the ring for long, and knows that all others know of group 0. */
  async prepare(): Promise<void> {
    const store = await this.#made.NodeStore.open(this.#disk.open())
    await store.ring.update((row) => ({ ...row, bootstrap: "completed", peers: this.#peers, featureSeen: true }))
  }

  async input(input: NodeInput): Promise<Reaction<NodeSaid, never>> {
    this.#outputs = []
    if (input._tag === "Falls") this.stop()
    else if (input._tag === "Begins") await this.#begin(input.server, input.group)
    else if (input._tag === "Edited") await this.#edit(input.edit)
    else await this.#life?.take(input)
    await settled()
    return { outputs: this.#outputs }
  }

  stop(): void {
    this.#life?.end()
    this.#life = undefined
    this.#disk.open()
  }

  async #edit(edit: Edit): Promise<void> {
    const store = this.#life?.store ?? (await this.#made.NodeStore.open(this.#disk.open()))
    await store.edit(edit)
  }

  async #begin(server: ServerId, group: GroupId): Promise<void> {
    const put = (output: Seen<NodeSaid>): void => {
      if (this.#life === life) this.#outputs.push(output)
    }
    const store = await this.#made.NodeStore.open(this.#disk.open())
    const life = new Life({ store, server, group, options: this.#options, made: this.#made, put })
    this.#life = life
    life.begin()
  }
}

interface LifeParts {
  readonly store: NodeStore
  readonly server: ServerId
  readonly group: GroupId
  readonly options: UpgradeOptions
  readonly made: Machinery
  readonly put: (output: Seen<NodeSaid>) => void
}

/** A node from its beginning to its fall. */
class Life {
  readonly #parts: LifeParts
  readonly #injections = new UpgradeInjections()
  readonly #node: ClusterNode
  readonly #timers = new Set<Timer>()
  #questions: ReadonlyArray<Out> = []
  #serve: (from: NodeId, request: NodeRequest) => Promise<NodeAnswer> = () => Promise.reject(new Error("nobody serves"))
  #operation: OperationId | undefined
  /** The group whose server runs. */
  #group: GroupId | undefined

  constructor(parts: LifeParts) {
    this.#parts = parts
    const { store, server, group, options, made, put } = parts
    this.#injections.enable("schema_change_pause_before_push")
    this.#node = new ClusterNode(
      {
        self,
        store,
        network: this.#network(),
        clock: this.#clock(),
        callClock: stopped,
        injections: this.#injections,
        tell: (label: RaftUpgradeLabel) => {
          if (label._tag === "ServerStarted") this.#group = label.group
          put(label)
        },
        options,
        // A command goes by the name of its operation.
        mint: { server: () => server, group: () => group, state: () => StateId.make(Number(this.#operation)) },
        supports: true,
        contacts: [],
        failed: (error) => put({ _tag: "Strange", channel: "defects", what: String(error) })
      },
      made
    )
  }

  get store(): NodeStore {
    return this.#parts.store
  }

  begin(): void {
    this.#node.start()
  }

  end(): void {
    this.#node.stop()
  }

  async take(input: Input): Promise<void> {
    switch (input._tag) {
      case "StateAnswered":
        return this.#answer(input.by, "state", { _tag: "State", state: input.state, group: input.group })
      case "VersionAnswered":
        return this.#answer(input.by, "version", { _tag: "Versioned", version: versionOf(input.schema) })
      case "SchemaAnswered":
        return this.#answer(input.by, "schema", { _tag: "Schema", schema: input.schema })
      case "PeersAnswered":
        return this.#answer(input.by, "peers", { _tag: "Exchanged", answer: input.answer })
      case "Granted":
        return this.#grant(input.by, input.what)
      case "Fails":
        return this.#fail(input.to, input.what)
      case "PauseEnds":
        return this.#fire(({ ms }) => ms !== patienceMs)
      case "PatienceEnds":
        return this.#fire(({ ms }) => ms === patienceMs)
      case "Configured":
        return this.#configure(input.members)
      case "Commanded":
        return this.#command(input)
      case "StateAsked":
        return this.#ask(input.by, { _tag: "GetUpgradeState" })
      case "PeersAsked":
        return this.#ask(input.by, { _tag: "PeerExchange", peers: input.peers })
      case "Pushed":
        return this.#ask(input.by, { _tag: "DefinitionsUpdate", schema: input.schema })
      case "Change":
        this.#operation = input.operation
        this.#node.change(input.operation, input.mutation).catch(() => undefined)
        return
      case "GoesOn":
        return this.#injections.message("schema_change_pause_before_push")
    }
  }

  // ---- what others are asked -------------------------------------------------------------------------------------------

  /** The last of them: whoever found the group waits for nobody else, and may ask the same again. */
  #question(to: NodeId, what: Question): Out {
    const question = this.#questions.findLast((one) => one.to === to && one.what === what)
    if (question === undefined) throw new RangeError(`the node asks ${to} no ${what}`)
    this.#questions = this.#questions.filter((one) => one !== question)
    return question
  }

  #answer(to: NodeId, what: Question, answer: NodeAnswer): void {
    this.#question(to, what).answer(answer)
  }

  async #grant(by: NodeId, what: Question): Promise<void> {
    const { request, answer } = this.#question(by, what)
    if (request._tag === "Commit") {
      const { operation, command } = request
      await this.#append({ _tag: "Commanded", by: self, operation, command })
    }
    answer(what === "letIn" || what === "begin" ? { _tag: "Ok" } : { _tag: "Reached", index: await this.#applied() })
  }

  /** Whether a command was agreed on, nobody knows who hears nothing; so the leader says that it was not. */
  #fail(to: NodeId, what: Question): void {
    const { answer, fail } = this.#question(to, what)
    if (what === "commit") answer({ _tag: "Failed", failure: "NoQuorum" })
    else fail(new ConnectionBroken(`${to} does not answer`))
  }

  #network(): Network {
    return {
      self,
      serve: (handler) => {
        this.#serve = handler
      },
      ask: (to, request) => this.#asked(to, request),
      kill: () => undefined,
      ban: () => undefined,
      close: () => Promise.resolve()
    }
  }

  #asked(to: NodeId, request: NodeRequest): Promise<NodeAnswer> {
    const what = askedBy[request._tag]
    if (what === "gossip")
      return Promise.resolve({ _tag: "Known", supports: true, peers: [], left: [], hasLooked: false })
    if (what === "unanswered") return Promise.resolve({ _tag: "Ok" })
    if (what === undefined) throw new TypeError(`a node alone never asks ${to} for ${request._tag}`)
    this.#parts.put({ _tag: "Calls", to, what })
    return new Promise((answer, fail) => {
      this.#questions = [...this.#questions, { to, what, request, answer, fail }]
    })
  }

  // ---- what others ask ---------------------------------------------------------------------------------------------------

  /** What is answered the node tells by itself. */
  #ask(by: NodeId, request: NodeRequest): void {
    this.#serve(by, request).catch(() => undefined)
  }

  // ---- the group -------------------------------------------------------------------------------------------------------

  async #configure(members: ReadonlyArray<NodeId>): Promise<void> {
    const configuration: Configuration = {
      members: members.map((node) => ({ node, server: serverOf(node), voter: true })),
      joint: false
    }
    await this.#append({ _tag: "Configured", purpose: "join", of: members.at(-1) ?? self, configuration })
  }

  #command({ next, mutation, effective }: Extract<NodeInput, { _tag: "Commanded" }>): Promise<void> {
    const previous = effective ? this.#parts.store.data.value.history : overtaken
    const command = { previous, next, mutation }
    return this.#append({ _tag: "Commanded", by: leader, operation: OperationId.make(next), command })
  }

  /** The log of the group has no beginning that would have to be taken from a snapshot. */
  async #append(entry: Entry): Promise<void> {
    const group = this.#group
    if (group === undefined) throw new RangeError("the node has no server of a group")
    const entries = [{ index: (await this.#applied()) + 1, entry }]
    await this.#serve(leader, { _tag: "Append", append: { group, first: 0, holders: [], entries } })
  }

  async #applied(): Promise<number> {
    return this.#group === undefined ? 0 : (await this.#parts.store.rows(this.#group)).value.applied
  }

  // ---- time ------------------------------------------------------------------------------------------------------------

  #clock(): Clock {
    return {
      now: () => 0,
      setTimer: (ms, fire) => {
        const timer = { ms, fire }
        this.#timers.add(timer)
        return () => this.#timers.delete(timer)
      }
    }
  }

  #fire(isMeant: (timer: Timer) => boolean): void {
    const timer = [...this.#timers].findLast(isMeant)
    if (timer === undefined) throw new RangeError("the node does not wait for time")
    this.#timers.delete(timer)
    timer.fire()
  }
}
