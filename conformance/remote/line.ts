/** A line to an adapter that outlives its deaths: whoever needs a peer gets one, alive and after its handshake. */

import type { Dialer } from "../transport/link.ts"
import { AdapterTrouble } from "./adapter-trouble.ts"
import { type Cancel, wallClock } from "./clock.ts"
import type { Conversation } from "./conversation.ts"
import { type Caller, type Peer, shakeHands } from "./peer.ts"

/** How often it is asked whether to stop, and how long an answer is waited for after that. */
const lookMs = 100
const graceMs = 1_000

export class Line {
  readonly way: string
  private readonly dialer: Dialer
  private readonly caller: Caller
  private current: Promise<Peer> | undefined
  private conversation: Conversation | undefined
  private known: string | undefined

  constructor(dialer: Dialer, caller: Caller) {
    this.dialer = dialer
    this.caller = caller
    this.way = dialer.way
  }

  /** The implementation by its own name, once it has told it. */
  get name(): string {
    return this.known ?? this.dialer.target
  }

  /** The adapter; a new one where there was none, or the last one was given up. */
  async peer(): Promise<Peer> {
    this.current ??= shakeHands(this.dialer, this.caller, (conversation) => {
      this.conversation = conversation
    })
    try {
      const peer = await this.current
      this.known = peer.hello.iut.name
      return peer
    } catch (error) {
      this.current = undefined
      throw error
    }
  }

  /** Calls back once the budget of a whole run is spent, with what it was. */
  limitRun(spent: (ms: number) => void): Cancel {
    const { budgets, clock = wallClock } = this.caller
    return clock.after(budgets.run, () => spent(budgets.run))
  }

  /** Asks again and again whether to stop. From then on an answer is waited for a short while only. */
  stopOnce(wanted: () => boolean): Cancel {
    const { clock = wallClock } = this.caller
    let cancel: Cancel = () => undefined
    let left = graceMs
    let answers = 0
    const look = (): void => {
      const heard = this.conversation?.answers ?? 0
      left = wanted() && heard === answers ? left - lookMs : graceMs
      answers = heard
      if (left < 0) this.conversation?.stop()
      cancel = clock.after(lookMs, look)
    }
    look()
    return () => cancel()
  }

  /** Lets go of the adapter, whatever state it is in. The next one is new. */
  async hangUp(): Promise<void> {
    const { current } = this
    this.current = undefined
    const peer = await current?.catch((error: unknown) => {
      if (error instanceof AdapterTrouble) return undefined
      throw error
    })
    await peer?.conversation.end()
  }
}
