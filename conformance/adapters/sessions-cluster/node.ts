/** Our replica node, in process: a group 0 that somebody else leads, and a network in which the kit is everybody else. */
import { VirtualClock } from "../../../impl/runtime/clock.ts"
import type { LocalMember } from "../../../impl/sessions/group0/local-group0.ts"
import { LocalGroup0 } from "../../../impl/sessions/group0/local-group0.ts"
import { DefaultInjections, type InjectionName } from "../../../impl/sessions/injections-default.ts"
import type { Handler, Network } from "../../../impl/sessions/network/network.ts"
import type { RunningNode } from "../../../impl/sessions/node/parts.ts"
import { startNode } from "../../../impl/sessions/node/start-node.ts"
import { MemoryDisk } from "../../../impl/sessions/storage/memory-store.ts"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { CommandIndex, type NodeAnswer, type NodeRequest, type Row, WorkId } from "../../../spec/sessions/messages.ts"
import { type Metadata, NodeId, ShardId, Term } from "../../../spec/sessions/metadata.ts"
import type { Reaction, Seen, Session } from "../../kit/role-under-test.ts"
import type { NodeAsked, NodeTold, Place } from "../../kit/sessions/cluster/node-messages.ts"
import type { NodeAdapter } from "../../kit/sessions/cluster/node-part.ts"
import { settled } from "../announced.ts"
import type { Start } from "./start-with-registries.ts"

const self = NodeId.make("B")
const other = NodeId.make("A")
const term = Term.make(1)

const injectionsAt: Readonly<Record<Exclude<Place, "applying">, ReadonlyArray<InjectionName>>> = {
  admitting: ["stream_mutation_fragments"],
  landing: ["stream_consumer_wait"],
  serving: ["replica_write_wait", "replica_read_wait"],
  cleaning: ["cleanup_tablet_wait"]
}

/** An adapter for our replica node, or for one that is put together in another way. `rows` is what it has of its tablets at first. */
export const nodeAdapter = (
  first: Metadata,
  name = "portcullis",
  start: Start = startNode,
  rows: ReadonlyArray<Row> = []
): NodeAdapter => ({
  name,
  way: "in process",
  role: "sessions/replica-node",
  start: async () => {
    const session = new NodeSession(first, start)
    await session.begin(first, rows)
    return session
  }
})

type Fetch = Extract<NodeRequest, { readonly _tag: "Fetch" }>

/** A node from one start to the next. */
interface Life {
  readonly member: LocalMember
  readonly injections: DefaultInjections
  readonly running: RunningNode
  told(output: Seen<NodeTold>): void
}

const stopAt = (member: LocalMember, injections: DefaultInjections, place: Place): void => {
  if (place === "applying") member.pause()
  else for (const name of injectionsAt[place]) injections.enable(name)
}

class NodeSession implements Session<NodeAsked, NodeTold, never> {
  readonly #start: Start
  readonly #group0: LocalGroup0
  readonly #disk = new MemoryDisk()
  readonly #stopped = new Set<Place>()
  /** Fetches by the name that the kit gives their work, and what answers them. */
  readonly #fetches = new Map<WorkId, { readonly fetch: Fetch; answer(answer: NodeAnswer): void }>()
  readonly #names = new Map<WorkId, WorkId>()
  #handler: Handler | undefined
  #life: Life | undefined
  #lives = 0
  #outputs: Array<Seen<NodeTold>> = []

  constructor(first: Metadata, start: Start) {
    this.#start = start
    this.#group0 = new LocalGroup0({ first })
    this.#group0.member(other)
    this.#group0.elect(other)
  }

  async begin({ tablets }: Metadata, rows: ReadonlyArray<Row>): Promise<void> {
    const disk = this.#disk.open()
    for (const { tablet, replicas } of tablets)
      for (const { node, shard } of replicas) if (node === self) await disk.append(shard, tablet, rows)
    await this.#boot()
    await settled()
  }

  async input(input: NodeAsked): Promise<Reaction<NodeTold, never>> {
    this.#outputs = []
    if (input._tag === "Restart") await this.#restart()
    else this.#give(input)
    await settled()
    return { outputs: this.#outputs }
  }

  async stop(): Promise<void> {
    await this.#life?.running.stop()
  }

  /** A node starts on the disk, and at group 0's end, of the one before it, and stops where that one stopped. */
  async #boot(): Promise<void> {
    const member = this.#group0.member(self, { merge: () => 1 })
    const injections = new DefaultInjections()
    const incarnation = `${++this.#lives}`
    const told = (output: Seen<NodeTold>): void => {
      if (incarnation === `${this.#lives}`) this.#outputs.push(output)
    }
    const options = {
      clock: new VirtualClock(),
      incarnation,
      failed: (defect: unknown) => told({ _tag: "Died", why: String(defect) })
    }
    for (const place of this.#stopped) stopAt(member, injections, place)
    const running = await this.#start(
      {
        self,
        shards: 2,
        group0: member,
        network: this.#network(),
        store: this.#disk.open(),
        journal: (label) => told(this.#named(label)),
        injections
      },
      options
    )
    this.#life = { member, injections, running, told }
  }

  /** What still runs of the old node has lost its disk and its member, and is not heard of any more. */
  async #restart(): Promise<void> {
    const old = this.#life
    await this.#boot()
    await old?.running.stop()
  }

  #give(input: Exclude<NodeAsked, { readonly _tag: "Restart" }>): void {
    switch (input._tag) {
      case "Committed":
        this.#group0.commit(this.#group0.head.at, { _tag: "Operator" }, input.metadata)
        break
      case "Command":
        this.#ask({ _tag: "TopologyCommand", term, index: CommandIndex.make(input.index), command: input.command })
        break
      case "Trigger":
        this.#ask({ _tag: "Trigger", operation: input.operation, tablet: input.tablet })
        break
      case "Rows":
        this.#stream(input)
        break
      case "Request":
        this.#ask(requestOf(input))
        break
      case "Stop":
        this.#stop(input.place)
        break
      case "GoOn":
        this.#goOn(input.place)
    }
  }

  #stop(place: Place): void {
    this.#stopped.add(place)
    if (this.#life !== undefined) stopAt(this.#life.member, this.#life.injections, place)
  }

  #goOn(place: Place): void {
    this.#stopped.delete(place)
    if (place === "applying") this.#life?.member.resume()
    else for (const name of injectionsAt[place]) this.#life?.injections.disable(name)
  }

  #ask(request: NodeRequest): void {
    const told = this.#life?.told
    this.#handler?.(other, request).catch((thrown: unknown) =>
      told?.({ _tag: "Strange", channel: "answers", what: String(thrown) })
    )
  }

  /** The source has one stream for a fetch: when that was answered, so is the fetch. */
  #stream({ tablet, session, rows, work }: Extract<NodeAsked, { readonly _tag: "Rows" }>): void {
    const waiting = this.#fetches.get(work)
    if (waiting === undefined || this.#handler === undefined) throw new Error(`nobody has fetched ${work}`)
    this.#fetches.delete(work)
    const { fetch, answer } = waiting
    const request = {
      _tag: "StreamRows",
      tablet,
      session,
      via: ShardId.make(0),
      to: fetch.to.shard,
      rows,
      work: fetch.work
    } as const
    void this.#handler(other, request).then((taken) =>
      answer(taken._tag === "Ok" ? taken : { _tag: "Refused", reason: "StreamFailed" })
    )
  }

  #network(): Network {
    return {
      self,
      serve: (handler) => {
        this.#handler = handler
      },
      ask: (_, request) => this.#asked(request),
      kill: () => {},
      ban: () => {},
      close: async () => {}
    }
  }

  #asked(request: NodeRequest): Promise<NodeAnswer> {
    if (request._tag !== "Fetch") throw new Error(`nobody expects a replica to ask for ${request._tag}`)
    const name = this.#nameOf(request.work)
    return new Promise((answer) => this.#fetches.set(name, { fetch: request, answer }))
  }

  #named(label: ClusterLabel): ClusterLabel {
    return "work" in label ? { ...label, work: this.#nameOf(label.work) } : label
  }

  /** Works are named by the kit in the order in which they are fetched, or told of if nobody fetches them. */
  #nameOf(work: WorkId): WorkId {
    const name = this.#names.get(work) ?? WorkId.make(`work-${(this.#names.size % 16) + 1}`)
    this.#names.set(work, name)
    return name
  }
}

const requestOf = (asked: Extract<NodeAsked, { readonly _tag: "Request" }>): NodeRequest => {
  const { request, version, tablet, row, key } = asked
  return row === null
    ? { _tag: "Read", request, version, tablet, key }
    : { _tag: "Write", request, version, tablet, row }
}
