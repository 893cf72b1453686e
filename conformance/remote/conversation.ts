/** One conversation with an adapter: requests out, answers in, each by its id, and whatever breaks the protocol. */

import type { Event } from "../protocol/answers.ts"
import type { FrameError } from "../protocol/error-table.ts"
import { maxLineBytes } from "../protocol/limits.ts"
import { readFrame } from "../protocol/read-frame.ts"
import type { Op } from "../protocol/requests.ts"
import { LastLines, shownLine } from "../transport/last-lines.ts"
import type { Ending, Link } from "../transport/link.ts"
import { AdapterTrouble, type TroubleKind } from "./adapter-trouble.ts"
import { type Cancel, type Clock, wallClock } from "./clock.ts"

/** How a request went. A request that is late may still be answered, and nobody hears it then. */
export type Reply =
  | { readonly _tag: "Ok"; readonly ok: unknown }
  | { readonly _tag: "Err"; readonly err: FrameError }
  | { readonly _tag: "Late" }

interface Waiting {
  readonly op: Op
  readonly resolve: (reply: Reply) => void
  readonly reject: (trouble: AdapterTrouble) => void
  readonly cancel: Cancel
}

export class Conversation {
  private readonly link: Link
  private readonly clock: Clock
  private readonly waiting = new Map<number, Waiting>()
  /** Requests that were given up, whose answers may still come. */
  private readonly overdue = new Set<number>()
  private readonly sent = new LastLines()
  private readonly received = new LastLines()
  /** Told of each event. Nobody has a right to send one before the handshake. */
  onEvent: (event: Event) => void = () => void this.violated("it sent an event before it was asked for anything")
  private asked = 0
  private heardAnswers = 0
  private ending: Ending | undefined
  private trouble: AdapterTrouble | undefined

  constructor(link: Link, clock: Clock = wallClock) {
    this.link = link
    this.clock = clock
    link.listen({
      line: (text) => this.hear(text),
      tooLong: (beginning) =>
        this.violated(`it sent a line longer than ${maxLineBytes} bytes, which begins with: ${shownLine(beginning)}`),
      notText: (line) => this.violated(`it sent a line that is not UTF-8: ${shownLine(line)}`),
      ended: (ending) => this.ended(ending)
    })
  }

  /** How many requests were answered. */
  get answers(): number {
    return this.heardAnswers
  }

  /** Asks, and waits for the answer up to a budget. Rejects with `AdapterTrouble` where the conversation is over. */
  ask(op: Op, fields: object, budgetMs: number): Promise<Reply> {
    if (this.trouble !== undefined) return Promise.reject(this.trouble)
    const id = ++this.asked
    return new Promise((resolve, reject) => {
      const cancel = this.clock.after(budgetMs, () => {
        this.waiting.delete(id)
        this.overdue.add(id)
        resolve({ _tag: "Late" })
      })
      this.waiting.set(id, { op, resolve, reject, cancel })
      this.say({ id, op, ...fields })
    })
  }

  /** Says goodbye and lets go of the adapter. */
  async end(): Promise<void> {
    this.trouble ??= this.told("gone", "the conversation is over")
    if (this.ending === undefined) this.say({ id: ++this.asked, op: "bye" })
    await this.link.close()
  }

  /** Nobody wants to know any more: whoever waits for an answer is told so at once. */
  stop(): void {
    this.over(this.told("stopped", "it was stopped"))
  }

  /** Trouble with this adapter, with what was said last. */
  told(kind: TroubleKind, what: string): AdapterTrouble {
    return new AdapterTrouble(kind, what, {
      sent: this.sent.shown(),
      received: this.received.shown(),
      log: this.ending?.log ?? this.link.log(),
      ended: this.ending?.how
    })
  }

  /** What the adapter did wrong, said by whoever looks closer at its answers. Nothing more is asked of it. */
  violated(what: string): AdapterTrouble {
    const trouble = this.told("violation", what)
    this.over(trouble)
    return trouble
  }

  private say(frame: object): void {
    const line = JSON.stringify(frame)
    this.sent.add(line)
    this.link.send(line)
  }

  private hear(line: string): void {
    if (this.trouble !== undefined) return
    this.received.add(line)
    const frame = readFrame(line)
    switch (frame._tag) {
      case "Wrong":
        this.violated(`it sent a line that is no frame: ${frame.why}: ${shownLine(line)}`)
        break
      case "Event":
        this.onEvent(frame.event)
        break
      case "Answer":
        this.answered(frame.answer)
    }
  }

  private answered({ id, ok, err }: { readonly id: number; readonly ok?: unknown; readonly err?: FrameError }): void {
    const waiting = this.waiting.get(id)
    if (waiting === undefined) {
      if (this.overdue.delete(id)) return
      this.violated(
        id > this.asked ? `it answered request ${id}, which was never sent` : `it answered request ${id} twice`
      )
      return
    }
    this.heardAnswers++
    waiting.cancel()
    this.waiting.delete(id)
    waiting.resolve(err === undefined ? { _tag: "Ok", ok } : { _tag: "Err", err })
  }

  private ended(ending: Ending): void {
    this.ending = ending
    this.over(this.told("gone", `it went away: ${ending.how}`))
  }

  private over(trouble: AdapterTrouble): void {
    if (this.trouble !== undefined) return
    this.trouble = trouble
    for (const { reject, cancel } of this.waiting.values()) {
      cancel()
      reject(trouble)
    }
    this.waiting.clear()
  }
}
