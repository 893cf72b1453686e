/** An adapter in another process as an adapter of the kit: one input and its reaction at a time. */
import { Schema } from "effect"
import type { Adapter, Reaction, Seen, Session } from "../kit/role-under-test.ts"
import { InputAnswer, MovedAnswer, ObserveAnswer, StartAnswer, SyncAnswer } from "../protocol/answers.ts"
import { type FaultKind, hasOp } from "../protocol/capabilities.ts"
import type { AdapterTrouble } from "./adapter-trouble.ts"
import type { Line } from "./line.ts"
import type { Asked, Peer } from "./peer.ts"
import type { RemoteRole } from "./remote-role.ts"
import { seenOf, WireWords } from "./wire-words.ts"

const readStart = Schema.decodeUnknownResult(StartAnswer)
const readInput = Schema.decodeUnknownResult(InputAnswer)
const readMoved = Schema.decodeUnknownResult(MovedAnswer)
const readSync = Schema.decodeUnknownResult(SyncAnswer)
const readObserve = Schema.decodeUnknownResult(ObserveAnswer)

/** The adapter behind a line, in one role. */
export const remoteAdapter = <L, I, O, V>(
  line: Line,
  role: RemoteRole<L, I, O, V>,
  seed: number
): Adapter<I, O, V> => ({
  name: line.name,
  way: line.way,
  role: role.role,
  start: () => RemoteSession.start(line, role, seed)
})

const isLate = (asked: Asked<unknown>): boolean => asked._tag === "Indefinite" && asked.late

/** What came of a fault, or of time that passed. */
export type Moved<O> =
  | { readonly _tag: "Moved"; readonly outputs: ReadonlyArray<Seen<O>> }
  /** It did not happen, or nobody knows: the adapter said so itself, or said nothing. */
  | { readonly _tag: "Doubtful"; readonly why: string }

/** A life that may be disturbed from outside. Rejects with `AdapterTrouble`. */
export interface DisturbedSession<I, O, V> extends Session<I, O, V> {
  fault(kind: FaultKind): Promise<Moved<O>>
  advance(ms: number): Promise<Moved<O>>
}

/** One life of the implementation behind an adapter. */
export class RemoteSession<L, I, O, V> implements DisturbedSession<I, O, V> {
  private readonly peer: Peer
  private readonly role: RemoteRole<L, I, O, V>
  private readonly words: WireWords<L, I, O, V>
  private readonly observes: boolean
  private readonly hasEvents: boolean

  static async start<L, I, O, V>(
    line: Line,
    role: RemoteRole<L, I, O, V>,
    seed: number
  ): Promise<RemoteSession<L, I, O, V>> {
    const peer = await line.peer()
    const started = await peer.ask("start", peer.nextStart(role.role, seed), readStart, peer.budgets.input)
    if (started._tag !== "Ok") throw peer.conversation.told("silent", started.why)
    return new RemoteSession(peer, role)
  }

  private constructor(peer: Peer, role: RemoteRole<L, I, O, V>) {
    this.peer = peer
    this.role = role
    const { caps = {} } = peer.hello
    this.words = new WireWords(role, caps.observe ?? [])
    this.hasEvents = caps.events === true
    this.observes = hasOp(caps, "observe") && this.words.names.length > 0
  }

  async input(input: I): Promise<Reaction<O, V>> {
    const { peer, words } = this
    const { input: budget } = peer.budgets
    const asking = peer.ask("input", { input: words.input(input) }, readInput, budget)
    // Both are on their way at once. Nobody looks at what the second one says where the first one says enough.
    const looking = this.observes ? peer.ask("observe", { names: words.names }, readObserve, budget) : undefined
    const syncing = this.hasEvents ? peer.ask("sync", {}, readSync, peer.budgets.sync) : undefined
    const [answer, look, sync] = await Promise.allSettled([asking, looking, syncing])
    if (answer.status === "rejected") throw answer.reason
    const reaction = this.reaction(answer.value)
    if (this.isOver(reaction)) return reaction
    if (look.status === "rejected") throw look.reason
    if (sync.status === "rejected") throw sync.reason
    const outputs = [...reaction.outputs, ...this.events(sync.value)]
    // It happened, but nobody knows what else is still to come of it.
    if (sync.value !== undefined && sync.value._tag !== "Ok")
      return { outputs, doubt: { definite: false, late: isLate(sync.value), why: sync.value.why } }
    return { outputs, ...this.observed(look.value) }
  }

  /** Events that came because of the input: all of them, once it is known how many there are. */
  private events(sync: Asked<typeof SyncAnswer.Type> | undefined): ReadonlyArray<O> {
    if (sync === undefined) return []
    const { events, lastSeq } = this.peer.takeEvents()
    if (sync._tag === "Ok" && sync.ok.seq !== lastSeq)
      throw this.peer.conversation.violated(`it told of ${sync.ok.seq} events at a sync, and ${lastSeq} have come`)
    return this.peer.inWords(() => this.words.outputs(events))
  }

  stop(): void {}

  /** Makes a fault happen. */
  fault(kind: FaultKind): Promise<Moved<O>> {
    return this.moved("fault", { kind })
  }

  /** Lets virtual time pass. */
  advance(ms: number): Promise<Moved<O>> {
    return this.moved("advance", { ms })
  }

  private async moved(op: "fault" | "advance", fields: object): Promise<Moved<O>> {
    const { peer, words } = this
    const { input: budget, sync: syncBudget } = peer.budgets
    const asking = peer.ask(op, fields, readMoved, budget)
    const syncing = this.hasEvents ? peer.ask("sync", {}, readSync, syncBudget) : undefined
    const [answer, sync] = await Promise.allSettled([asking, syncing])
    if (answer.status === "rejected") throw answer.reason
    if (answer.value._tag !== "Ok") return { _tag: "Doubtful", why: answer.value.why }
    if (sync.status === "rejected") throw sync.reason
    const { outputs = [], crash } = answer.value.ok
    const told = peer.inWords(() => words.outputs(outputs))
    return { _tag: "Moved", outputs: seenOf([...told, ...this.events(sync.value)], crash) }
  }

  /** That an answer never came, with what was said last. */
  silence(why: string): AdapterTrouble {
    return this.peer.conversation.told("silent", why)
  }

  private reaction(answer: Asked<InputAnswer>): Reaction<O, V> {
    if (answer._tag === "Definite") return { outputs: [], doubt: { definite: true, late: false, why: answer.why } }
    if (answer._tag === "Unsupported")
      return { outputs: [], doubt: { definite: true, late: false, unsupported: true, why: answer.why } }
    if (answer._tag === "Indefinite")
      return { outputs: [], doubt: { definite: false, late: answer.late, why: answer.why } }
    const { outputs, crash } = answer.ok
    return {
      outputs: seenOf(
        this.peer.inWords(() => this.words.outputs(outputs)),
        crash
      )
    }
  }

  private observed(look: Asked<typeof ObserveAnswer.Type> | undefined): { readonly observed?: V } {
    if (look?._tag !== "Ok") return {}
    const observed = this.peer.inWords(() => this.words.state(look.ok.state))
    return observed === undefined ? {} : { observed }
  }

  private isOver({ outputs, doubt }: Reaction<O, V>): boolean {
    return doubt !== undefined || outputs.some(this.role.isLast)
  }
}
