/** Clients of the cluster: what they ask for, and what they were told. */
import { RequestId, type Row } from "../../../spec/sessions/messages.ts"
import type { TabletId } from "../../../spec/sessions/metadata.ts"
import type { ControlAnswer } from "../../adapters/sessions-processes.ts"
import { rest } from "../waiting.ts"
import type { Ground } from "./ground.ts"
import type { Heard } from "./history.ts"
import type { ClientStep } from "./plan.ts"

/** A write or a deletion that somebody asked for. Without an acknowledgement it may have happened or not. */
export interface Attempt {
  readonly row: Row
  readonly acknowledged: boolean
}

/** The clients of one round. All of them share one clock, so that what is asked for later has the greater timestamp. */
export class Clients {
  readonly #ground: Ground
  readonly #tablet: TabletId
  readonly #attempts: Attempt[] = []
  readonly #heard: Heard[] = []
  #asked = 0

  constructor(ground: Ground, tablet: TabletId) {
    this.#ground = ground
    this.#tablet = tablet
  }

  /** A timestamp above all that were given so far, and not above any later one. */
  get now(): number {
    return this.#asked + 1
  }

  get asked(): number {
    return this.#asked
  }

  get attempts(): ReadonlyArray<Attempt> {
    return this.#attempts
  }

  get heard(): ReadonlyArray<Heard> {
    return this.#heard
  }

  /** One client does one thing after the other. */
  async run(steps: ReadonlyArray<ClientStep>): Promise<void> {
    for (const { what, via, key, restMs } of steps) {
      await rest(restMs)
      if (what === "read") await this.read(via, key)
      else await this.#write(via, key, what === "delete")
    }
  }

  /** The rows that a quorum read returned; undefined if it failed. */
  async read(via: ClientStep["via"], key: string): Promise<ReadonlyArray<Row> | undefined> {
    const request = this.#next()
    const answer = await this.#answered(
      request,
      this.#ground.ask(via, { _tag: "Read", request, tablet: this.#tablet, key, consistency: "QUORUM" })
    )
    return answer?._tag === "RequestEnded" && answer.ok ? answer.rows : undefined
  }

  async #write(via: ClientStep["via"], key: string, isDeletion: boolean): Promise<void> {
    const request = this.#next()
    const row: Row = { key, timestamp: this.#asked, value: isDeletion ? null : request }
    const at = this.#attempts.push({ row, acknowledged: false }) - 1
    const answer = await this.#answered(
      request,
      this.#ground.ask(via, { _tag: "Write", request, tablet: this.#tablet, row, consistency: "QUORUM" })
    )
    if (answer?._tag === "RequestEnded" && answer.ok) this.#attempts[at] = { row, acknowledged: true }
  }

  #next(): RequestId {
    return RequestId.make(`${this.#tablet}-${++this.#asked}`)
  }

  async #answered(request: RequestId, answer: Promise<ControlAnswer | undefined>): Promise<ControlAnswer | undefined> {
    const heard = await answer
    if (heard?._tag === "RequestEnded") this.#heard.push({ request, ok: heard.ok })
    return heard
  }
}
