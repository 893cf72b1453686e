/** Our topology coordinator, in process: group 0 and the network are the kit's, and time passes whenever it waits for time. */
import { VirtualClock } from "../../../impl/runtime/clock.ts"
import { TopologyCoordinator } from "../../../impl/sessions/coordinator/topology-coordinator.ts"
import type { CommitGuard, Entry, Group0 } from "../../../impl/sessions/group0/group0.ts"
import { DefaultInjections } from "../../../impl/sessions/injections-default.ts"
import { ConnectionBroken, type Network } from "../../../impl/sessions/network/network.ts"
import type { CommitAnswer } from "../../../spec/group0/messages.ts"
import { SessionId } from "../../../spec/sessions/ids.ts"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { NodeAnswer, NodeRequest } from "../../../spec/sessions/messages.ts"
import { type Metadata, NodeId, Position, Term } from "../../../spec/sessions/metadata.ts"
import type { Reaction, Seen, Session } from "../../kit/role-under-test.ts"
import type { CommitFate, CoordinatorAsked, CoordinatorSaid } from "../../kit/sessions/cluster/coordinator-messages.ts"
import type { CoordinatorAdapter } from "../../kit/sessions/cluster/coordinator-part.ts"
import { settled } from "../announced.ts"

const self = NodeId.make("A")
const term = Term.make(1)

/** An adapter for our coordinator, or for one whose group 0 was tampered with. */
export const coordinatorAdapter = (
  first: Metadata,
  name = "portcullis",
  tamper: (group0: Group0) => Group0 = (group0) => group0
): CoordinatorAdapter => ({
  name,
  way: "in process",
  role: "sessions/coordinator",
  start: async () => {
    const session = new CoordinatorSession(first, tamper)
    await session.greet()
    return session
  }
})

interface Request {
  readonly node: NodeId
  readonly request: NodeRequest
  answer(answer: NodeAnswer): void
  lose(): void
}

class CoordinatorSession implements Session<CoordinatorAsked, CoordinatorSaid, never> {
  readonly #clock = new VirtualClock()
  readonly #coordinator: TopologyCoordinator
  #head: Entry
  #commit: { readonly metadata: Metadata; answer(answer: CommitAnswer): void } | undefined
  #requests: ReadonlyArray<Request> = []
  #outputs: Array<Seen<CoordinatorSaid>> = []
  /** How many barriers it ran before anybody asked it for one. */
  #early = 0

  constructor(first: Metadata, tamper: (group0: Group0) => Group0) {
    this.#head = { at: Position.make(0), metadata: first }
    this.#coordinator = new TopologyCoordinator(term, {
      group0: tamper(this.#group0()),
      network: this.#network(),
      journal: (label) => this.#hear(label),
      clock: this.#clock,
      injections: new DefaultInjections(),
      mayBalance: () => false
    })
  }

  /** It fences its predecessor and has drained whatever that one may have left, to which everybody says yes. */
  async greet(): Promise<void> {
    this.#coordinator.run().catch((thrown: unknown) => this.#outputs.push({ _tag: "Died", why: String(thrown) }))
    for (await this.#rest(); this.#commit !== undefined || this.#requests.length > 0; await this.#rest()) {
      if (this.#commit !== undefined) this.#answerCommit("committed")
      for (const { answer } of this.#taken(() => true)) answer({ _tag: "Ok" })
    }
    this.#early = this.#outputs.filter(({ _tag }) => _tag === "BarrierBegan").length
  }

  async input(input: CoordinatorAsked): Promise<Reaction<CoordinatorSaid, never>> {
    this.#outputs = []
    this.#give(input)
    await this.#rest()
    return { outputs: this.#outputs }
  }

  stop(): void {
    this.#coordinator.stop()
  }

  #give(input: CoordinatorAsked): void {
    const answerOf = (
      reason: NonNullable<Extract<CoordinatorAsked, { reason: unknown }>["reason"]> | null
    ): NodeAnswer => (reason === null ? { _tag: "Ok" } : { _tag: "Refused", reason })
    switch (input._tag) {
      case "Said":
        this.#head = { at: input.at, metadata: input.metadata }
        this.#coordinator.wake()
        return
      case "CommitAnswered":
        this.#answerCommit(input.fate)
        return
      case "CommandAnswered":
        for (const { answer } of this.#taken(
          ({ node, request }) => node === input.node && request._tag === "TopologyCommand"
        ))
          answer(answerOf(input.reason))
        return
      case "TriggerAnswered":
        for (const { answer } of this.#taken(
          ({ node, request }) => node === input.node && request._tag === "Trigger" && request.tablet === input.tablet
        ))
          answer(answerOf(input.reason))
        return
      case "ConnectionBroke":
        for (const { lose } of this.#taken(({ node }) => node === input.node)) lose()
    }
  }

  #taken(which: (request: Request) => boolean): ReadonlyArray<Request> {
    const taken = this.#requests.filter(which)
    this.#requests = this.#requests.filter((request) => !taken.includes(request))
    return taken
  }

  /** Waits until it waits for others. A failure that it keeps back for a while is known to it then. */
  async #rest(): Promise<void> {
    do {
      await settled()
      this.#clock.advance(1000)
      await settled()
    } while (this.#clock.pending > 0)
  }

  #answerCommit(fate: CommitFate): void {
    const commit = this.#commit
    if (commit === undefined) throw new Error("it does not commit anything")
    this.#commit = undefined
    const { at } = this.#head
    if (fate === "refused" || fate === "lost") {
      commit.answer(fate === "lost" ? { _tag: "StatusUnknown" } : { _tag: "ConcurrentModification", head: at })
      return
    }
    this.#head = { at: Position.make(at + 1), metadata: commit.metadata }
    this.#coordinator.wake()
    commit.answer(fate === "committed" ? { _tag: "Committed", at: this.#head.at } : { _tag: "StatusUnknown" })
  }

  #hear(label: ClusterLabel): void {
    if (label._tag === "BarrierBegan") {
      const { index, command, version, targets, tablets } = label
      this.#outputs.push({ _tag: "BarrierBegan", index: index - this.#early, command, version, targets, tablets })
    } else if (label._tag === "BarrierEnded") {
      this.#outputs.push({ _tag: "BarrierEnded", index: label.index - this.#early, ok: label.ok })
    }
  }

  #group0(): Group0 {
    return {
      leadership: { term, leader: self },
      onLeadership: () => () => {},
      follow: () => {},
      readBarrier: async () => this.#head.at,
      start: async () => ({ seen: this.#head }),
      commit: (guard, _, metadata) => this.#committing(guard, metadata),
      close: async () => {}
    }
  }

  #committing({ seen }: CommitGuard, changed: Metadata): Promise<CommitAnswer> {
    const metadata = named(seen, changed)
    this.#outputs.push({ _tag: "Commit", seen: seen.at, metadata })
    return new Promise((answer) => {
      this.#commit = { metadata, answer }
    })
  }

  #network(): Network {
    return {
      self,
      serve: () => {},
      ask: (node, request) => this.#asking(node, request),
      kill: () => {},
      ban: () => {},
      close: async () => {}
    }
  }

  #asking(node: NodeId, request: NodeRequest): Promise<NodeAnswer> {
    if (request._tag === "Trigger") {
      const { operation, tablet, session = null } = request
      this.#outputs.push({ _tag: "Trigger", node, operation, tablet, session })
    }
    return new Promise((answer, reject) => {
      const lose = (): void => reject(new ConnectionBroken(`the connection to ${node} broke`))
      this.#requests = [...this.#requests, { node, request, answer, lose }]
    })
  }
}

/** Any name will do for a session that nobody has used: the position of the command that sets it tells it from all others. */
const named = (seen: Entry, metadata: Metadata): Metadata => {
  const known = new Set(seen.metadata.tablets.map(({ transition }) => transition?.session))
  const name = SessionId.make(`session-${seen.at + 1}`)
  const tablets = metadata.tablets.map((tablet) => {
    const { transition } = tablet
    if (transition === null || transition.session === null || known.has(transition.session)) return tablet
    return { ...tablet, transition: { ...transition, session: name } }
  })
  return { ...metadata, tablets }
}
