import type { CommitAnswer } from "../../spec/group0/messages.ts"
import { type NodeId, type Position, Term } from "../../spec/metadata.ts"
import type { Injections } from "../runtime/injections.ts"
import type { Turn } from "../runtime/turn.ts"
import { Applying } from "./applying.ts"
import { type Apply, type CommitGuard, type Entry, type Group0, type Leadership, Unavailable } from "./group0.ts"
import { Leaderships } from "./leadership.ts"

/** How one member behaves. */
export interface MemberOptions {
  /** Where it has `group0_state_machine::delay_apply`. */
  readonly injections?: Injections
  /** How many of so many waiting entries are merged and applied as one; all, unless told. */
  readonly merge?: (waiting: number) => number
}

/** What a member needs of the group that it is in. */
export interface Group<Metadata, By> {
  ask(node: NodeId): Position
  commit(expected: Position, by: By, metadata: Metadata): CommitAnswer
}

/** One member of a group 0 in one process. */
export class LocalMember<Metadata, By> implements Group0<Metadata, By> {
  readonly #group: Group<Metadata, By>
  readonly #node: NodeId
  readonly #turn: Turn
  readonly #applying: Applying<Metadata>
  readonly #leaderships = new Leaderships({ term: Term.make(0), leader: null })
  #state: "open" | "closed" | "crashed" = "open"
  /** What becomes of the next commit, if not the usual. */
  #loses: "command" | "answer" | undefined

  constructor(group: Group<Metadata, By>, node: NodeId, turn: Turn, { injections, merge }: MemberOptions) {
    this.#group = group
    this.#node = node
    this.#turn = turn
    const ready = async () => {
      await injections?.wait("group0_state_machine::delay_apply")
      await turn(`group 0: ${node} applies`)
    }
    this.#applying = new Applying({ ready, merge: merge ?? ((waiting) => waiting) })
  }

  get isOpen(): boolean {
    return this.#state === "open"
  }

  get leadership(): Leadership {
    return this.#leaderships.now
  }

  onLeadership(heard: (now: Leadership) => void): () => void {
    return this.#leaderships.listen(heard)
  }

  follow(apply: Apply<Metadata>): void {
    this.#applying.follow(apply)
  }

  async readBarrier(): Promise<Position> {
    return (await this.#barrier()).at
  }

  async start(): Promise<CommitGuard<Metadata>> {
    return { seen: await this.#barrier() }
  }

  async commit(guard: CommitGuard<Metadata>, by: By, metadata: Metadata): Promise<CommitAnswer> {
    await this.#wait("commits")
    this.#ask()
    const loses = this.#loses
    this.#loses = undefined
    if (loses === "command") return { _tag: "StatusUnknown" }
    const answer = this.#group.commit(guard.seen.at, by, metadata)
    await this.#wait("hears of its commit")
    return loses === "answer" ? { _tag: "StatusUnknown" } : answer
  }

  close(): Promise<void> {
    this.#state = "closed"
    this.#applying.stop(`${this.#node} has left group 0`)
    return Promise.resolve()
  }

  // ---- what a test does ----------------------------------------------------------------------------------------------

  /** Lets the member hear and apply nothing, as a node that is busy with something else. */
  pause(): void {
    this.#applying.hold()
  }

  resume(): void {
    this.#applying.release()
  }

  /** Sends what the member was not given to apply yet as one state, so that it never sees those between. */
  snapshot(): void {
    this.#applying.skip()
  }

  /** Makes the next commit end in `StatusUnknown`, because the command was lost or only the answer. */
  loseNext(what: "command" | "answer"): void {
    this.#loses = what
  }

  // ---- what the group does -------------------------------------------------------------------------------------------

  arrive(entry: Entry<Metadata>): void {
    this.#applying.arrive(entry)
  }

  lead(now: Leadership): void {
    this.#leaderships.become(now)
  }

  interrupt(why: string): void {
    this.#applying.interrupt(why)
  }

  /** The node has crashed: what still runs of it in this process waits forever, as if it were gone. */
  abandon(): void {
    this.#state = "crashed"
    this.#applying.abandon()
  }

  async #barrier(): Promise<Entry<Metadata>> {
    await this.#wait("asks for a read barrier")
    return this.#applying.reached(this.#ask())
  }

  async #wait(event: string): Promise<void> {
    await this.#turn(`group 0: ${this.#node} ${event}`)
    if (this.#state === "crashed") await new Promise(() => {})
  }

  #ask(): Position {
    if (this.#state !== "open") throw new Unavailable(`${this.#node} has left group 0`)
    return this.#group.ask(this.#node)
  }
}
