import { Result } from "effect"
import type { NodeId } from "../../spec/metadata.ts"
import { type Clock, systemClock } from "../runtime/clock.ts"
import type { LamportClock } from "../runtime/lamport-clock.ts"
import { type Log, silentLog } from "../runtime/log.ts"
import type { Socket } from "../runtime/transport.ts"
import type { Address } from "../runtime/wire/address.ts"
import { Channel } from "../runtime/wire/channel.ts"
import { complaint } from "../runtime/wire/complaint.ts"
import { FrameError } from "../runtime/wire/frames.ts"
import { Listener } from "../runtime/wire/listener.ts"
import type { Entry, Leadership } from "./group0.ts"
import type { Group0Journal } from "./label.ts"
import type { LogFile } from "./log-file.ts"
import type { MemberFrame, ServerFrame } from "./messages.ts"
import type { Words } from "./words.ts"

export interface Group0ServerOptions<Metadata, By> {
  readonly words: Words<Metadata, By>
  readonly log: LogFile<Metadata, By>
  /** Who may be a member; of those that are connected, the first in this order is elected when the leader is lost. */
  readonly members: ReadonlyArray<NodeId>
  readonly listen: Address
  readonly clock: LamportClock
  /** Is told of commits, refused commits and elections, before anybody else is. */
  readonly journal: Group0Journal<Metadata, By>
  /** Is told once when the disk failed: the process must end, for nobody knows what it holds. */
  readonly failed: (error: unknown) => void
  readonly timers?: Clock
  readonly warnings?: Log
}

/** Group 0 for members in other processes: holds the log, says who leads, and tells every member of every entry. */
export class Group0Server<Metadata, By> {
  readonly #options: Group0ServerOptions<Metadata, By>
  readonly #members = new Map<NodeId, Channel>()
  readonly #channels = new Map<Channel, NodeId | undefined>()
  readonly #cutOff = new Set<NodeId>()
  #listener: Listener | undefined
  #leader: NodeId | undefined
  /** The election that is going on, if one is. */
  #election: Promise<void> | undefined

  private constructor(options: Group0ServerOptions<Metadata, By>) {
    this.#options = options
  }

  static async open<Metadata, By>(options: Group0ServerOptions<Metadata, By>): Promise<Group0Server<Metadata, By>> {
    const server = new Group0Server(options)
    server.#listener = await Listener.open(options.listen, (socket) => server.#accept(socket))
    return server
  }

  get address(): Address {
    return this.#listener!.address
  }

  /** What is committed, and who leads. */
  get status(): Entry<Metadata> & Leadership {
    const { log } = this.#options
    return { ...log.head, term: log.term, leader: this.#leader ?? null }
  }

  /** Makes a member the leader of a new term. Resolves with whether it was there to be elected. */
  async elect(node: NodeId): Promise<boolean> {
    await this.#election
    if (!this.#members.has(node)) return false
    await this.#begin(node)
    this.#electIfNobodyLeads()
    return true
  }

  /** Breaks a member's connection and takes no other of it, until it is healed. */
  partition(node: NodeId): void {
    this.#cutOff.add(node)
    this.#members.get(node)?.refuse(`${node} is cut off from group 0`)
  }

  heal(node: NodeId): void {
    this.#cutOff.delete(node)
  }

  close(): Promise<void> {
    this.#listener!.close()
    for (const channel of this.#channels.keys()) channel.close()
    this.#members.clear()
    return this.#options.log.close()
  }

  // ---- connections ---------------------------------------------------------------------------------------------------

  #accept(socket: Socket): void {
    const { clock, timers = systemClock } = this.#options
    const channel = new Channel(socket, {
      clock,
      timers,
      heard: (body, channel) => this.#hear(body, channel),
      ended: (_, channel) => this.#lost(channel)
    })
    this.#channels.set(channel, undefined)
  }

  #hear(body: unknown, channel: Channel): void {
    const decoded = this.#options.words.frames.member.decode(body)
    const member = this.#channels.get(channel)
    if (Result.isFailure(decoded)) channel.refuse(`no frame of a member of group 0: ${complaint(decoded.failure)}`)
    else if (decoded.success._tag === "Hello") this.#greet(decoded.success.member, channel, member)
    else if (member === undefined) channel.refuse("the first frame must be Hello, with the name of a member")
    else if (decoded.success._tag === "Where") this.#where(decoded.success.id, channel)
    else void this.#commit(decoded.success, channel).catch(this.#options.failed)
  }

  #greet(member: NodeId, channel: Channel, known: NodeId | undefined): void {
    const { log, members } = this.#options
    if (known !== undefined) channel.refuse(`this connection is ${known}'s already`)
    else if (!members.includes(member)) channel.refuse(`${member} is no member; the members are ${members.join(", ")}`)
    else if (this.#cutOff.has(member)) channel.refuse(`${member} is cut off from group 0`)
    else {
      const old = this.#members.get(member)
      this.#channels.set(channel, member)
      this.#members.set(member, channel)
      // The member has a new connection because the old one broke, which this end need not have noticed yet.
      if (old !== undefined) this.#drop(old)
      // A leader that comes anew may have been started anew, and knows nothing of what it has numbered in its term.
      if (this.#leader === member) this.#leader = undefined
      this.#send(channel, { _tag: "Entry", ...log.head })
      if (this.#leader !== undefined) this.#send(channel, { _tag: "Leads", term: log.term, leader: this.#leader })
      this.#electIfNobodyLeads()
    }
  }

  #drop(channel: Channel): void {
    this.#channels.delete(channel)
    channel.close()
  }

  #lost(channel: Channel): void {
    const member = this.#channels.get(channel)
    this.#channels.delete(channel)
    if (member === undefined || this.#members.get(member) !== channel) return
    this.#members.delete(member)
    if (this.#leader === member) this.#leader = undefined
    this.#electIfNobodyLeads()
  }

  // ---- elections -----------------------------------------------------------------------------------------------------

  #electIfNobodyLeads(): void {
    if (this.#leader !== undefined || this.#election !== undefined) return
    const node = this.#options.members.find((member) => this.#members.has(member))
    if (node === undefined) return
    this.#election = this.#begin(node)
      .catch(this.#options.failed)
      .finally(() => {
        this.#election = undefined
        this.#electIfNobodyLeads()
      })
  }

  async #begin(node: NodeId): Promise<void> {
    const term = await this.#options.log.elect(node)
    this.#options.journal({ _tag: "Elected", term, node })
    // It may have been lost while the term was written; then nobody leads in this term.
    this.#leader = this.#members.has(node) ? node : undefined
    if (this.#leader !== undefined) this.#broadcast({ _tag: "Leads", term, leader: node })
  }

  // ---- questions -----------------------------------------------------------------------------------------------------

  #where(id: number, channel: Channel): void {
    if (this.#leader === undefined) this.#send(channel, noLeader(id))
    else this.#send(channel, { _tag: "Head", id, at: this.#options.log.head.at })
  }

  async #commit(
    frame: Extract<MemberFrame<Metadata, By>, { readonly _tag: "Commit" }>,
    channel: Channel
  ): Promise<void> {
    const { id, expected, by, metadata } = frame
    if (this.#leader === undefined) {
      this.#send(channel, noLeader(id))
      return
    }
    const { log, journal } = this.#options
    const answer = await log.commit(expected, by, metadata)
    if (answer._tag === "Committed") {
      journal({ _tag: "Committed", by, at: answer.at, metadata })
      this.#broadcast({ _tag: "Entry", at: answer.at, metadata })
    } else journal({ _tag: "CommitRefused", by, expected, head: answer.head })
    this.#send(channel, { _tag: "CommitEnded", id, answer })
  }

  #broadcast(frame: ServerFrame<Metadata>): void {
    for (const channel of this.#members.values()) this.#send(channel, frame)
  }

  #send(channel: Channel, frame: ServerFrame<Metadata>): void {
    try {
      channel.send(this.#options.words.frames.server.encode(frame))
    } catch (error) {
      if (!(error instanceof FrameError)) throw error
      const { warnings = silentLog } = this.#options
      warnings.warn("a frame was not sent", { frame: frame._tag, why: error.message })
      channel.close()
      this.#lost(channel)
    }
  }
}

function noLeader(id: number): ServerFrame<never> {
  return { _tag: "NotNow", id, why: "group 0 has no leader" }
}
