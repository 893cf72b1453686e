import type { CommitAnswer } from "../../spec/group0/messages.ts"
import { type NodeId, Position, Term } from "../../spec/metadata.ts"
import { atOnce, type Turn } from "../runtime/turn.ts"
import type { EntryText } from "./entry-text.ts"
import { type Entry, type Leadership, Unavailable } from "./group0.ts"
import type { Group0Journal } from "./label.ts"
import { LocalMember, type MemberOptions } from "./local-member.ts"
import type { Words } from "./words.ts"

/** How a group 0 in one process behaves where it has a choice. */
export interface LocalGroup0Options<Metadata, By> {
  /** What the log says at position 0. */
  readonly first: Metadata
  /** Is told of commits, refused commits and elections. */
  readonly journal?: Group0Journal<Metadata, By>
  /** Decides which of the things that could happen happens next. */
  readonly turn?: Turn
}

/**
 * Group 0 in one process: one log, and members that see it by their own pace.
 *
 * Nothing here reads a clock. Who leads, who lags and who is cut off is what a test says, and all else happens in microtasks
 * or when the test's scheduler gives a turn. Nobody leads at first.
 */
export class LocalGroup0<Metadata, By> {
  readonly #words: Words<Metadata, By>
  readonly #journal: Group0Journal<Metadata, By>
  readonly #turn: Turn
  readonly #log: EntryText[]
  readonly #members = new Map<NodeId, LocalMember<Metadata, By>>()
  readonly #cutOff = new Set<NodeId>()
  /** Members that have not heard who leads. */
  readonly #untold = new Set<NodeId>()
  /** How far the log of a member that restarts had come; a node's memory of group 0 is on its disk. */
  readonly #received = new Map<NodeId, number>()
  #leadership: Leadership = { term: Term.make(0), leader: null }

  constructor(words: Words<Metadata, By>, options: LocalGroup0Options<Metadata, By>) {
    this.#words = words
    this.#journal = options.journal ?? (() => {})
    this.#turn = options.turn ?? atOnce
    this.#log = [this.#words.texts.write({ at: Position.make(0), metadata: options.first })]
  }

  /** A node's end, from the node's start on. The end that it had before, it lost in a crash. */
  member(node: NodeId, options: MemberOptions = {}): LocalMember<Metadata, By> {
    this.#members.get(node)?.abandon()
    const member = new LocalMember<Metadata, By>(this, node, this.#turn, options)
    this.#members.set(node, member)
    this.#untold.delete(node)
    const known = this.#log[this.#received.get(node) ?? -1]
    if (known !== undefined) member.arrive(this.#words.texts.read(known))
    this.#reach(node)
    return member
  }

  get head(): Entry<Metadata> {
    return this.#words.texts.read(this.#log.at(-1)!)
  }

  get leadership(): Leadership {
    return this.#leadership
  }

  // ---- what a test does ----------------------------------------------------------------------------------------------

  /** Makes a node the leader of a new term. Those in `untold` do not hear of it until they ask for something, or are told. */
  elect(node: NodeId, untold: ReadonlyArray<NodeId> = []): Term {
    if (!this.#isThere(node)) throw new RangeError(`${node} cannot lead: it is no member, or it is closed or cut off`)
    const term = Term.make(this.#leadership.term + 1)
    this.#leadership = { term, leader: node }
    this.#journal({ _tag: "Elected", term, node })
    this.#untold.clear()
    for (const member of untold) if (member !== node) this.#untold.add(member)
    for (const member of this.#members.keys()) this.#reach(member)
    return term
  }

  /** Tells a member who leads, if it can be told anything. */
  tell(node: NodeId): void {
    if (this.#untold.delete(node)) this.#reach(node)
  }

  /** Cuts a member off: it hears nothing new, also of a new leader, and what it waits for is over. */
  partition(node: NodeId): void {
    this.#cutOff.add(node)
    this.#members.get(node)?.interrupt(`${node} is cut off from group 0`)
  }

  /** Ends a partition: the member hears what it missed. */
  heal(node: NodeId): void {
    this.#cutOff.delete(node)
    this.#reach(node)
  }

  // ---- what members do -----------------------------------------------------------------------------------------------

  /** The last position, as the leader tells a member. Throws `Unavailable` where the two cannot talk. */
  ask(node: NodeId): Position {
    const { leader } = this.#leadership
    if (leader === null) throw new Unavailable("group 0 has no leader")
    for (const end of [node, leader])
      if (!this.#isThere(end)) throw new Unavailable(`${end} is closed or cut off from group 0`)
    this.tell(node)
    return this.#log.at(-1)!.at
  }

  /** Puts a command at the end of the log, if it was computed from what the log says now. */
  commit(expected: Position, by: By, metadata: Metadata): CommitAnswer {
    const head = this.#log.at(-1)!.at
    if (head !== expected) {
      this.#journal({ _tag: "CommitRefused", by, expected, head })
      return { _tag: "ConcurrentModification", head }
    }
    const at = Position.make(head + 1)
    this.#log.push(this.#words.texts.write({ at, metadata }))
    this.#journal({ _tag: "Committed", by, at, metadata })
    for (const member of this.#members.keys()) this.#reach(member)
    return { _tag: "Committed", at }
  }

  /** Whether a member is there to be talked with. */
  #isThere(node: NodeId): boolean {
    return this.#members.get(node)?.isOpen === true && !this.#cutOff.has(node)
  }

  /** Lets a member hear everything, if it can hear anything. One that is new hears the newest state only, as from a snapshot. */
  #reach(node: NodeId): void {
    const member = this.#members.get(node)
    if (member === undefined || !this.#isThere(node)) return
    const received = this.#received.get(node) ?? this.#log.length - 2
    for (const entry of this.#log.slice(received + 1)) member.arrive(this.#words.texts.read(entry))
    this.#received.set(node, this.#log.length - 1)
    if (!this.#untold.has(node)) member.lead(this.#leadership)
  }
}
