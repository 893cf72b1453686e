import type { Control } from "../mcbp/index.ts"
import { plainRequest, Status } from "../mcbp/index.ts"

/** Name and value of one parameter. */
export type ControlPair = readonly [key: string, value: string]

/** The parameters that a kv consumer offers unless told otherwise, a selection of kv's. Source: dossier `dcp.md` 2.8. */
export const defaultControls: readonly ControlPair[] = [
  ["connection_buffer_size", "10485760"],
  ["enable_noop", "true"],
  ["set_noop_interval", "1"],
  ["send_stream_end_on_client_close_stream", "true"],
  ["v7_dcp_status_codes", "true"]
]

/** Offers parameters one at a time, each awaiting its response. Source: kv_engine dcp/consumer.cc step. */
export class ControlNegotiation {
  readonly #waiting: ControlPair[]
  readonly #accepted = new Set<string>()
  #offered: { readonly key: string; readonly opaque: number } | undefined

  constructor(controls: readonly ControlPair[]) {
    this.#waiting = [...controls]
  }

  /** Whether every offer has been answered. */
  get isDone(): boolean {
    return this.#waiting.length === 0 && this.#offered === undefined
  }

  /** Whether a parameter is in force. */
  accepted(key: string): boolean {
    return this.#accepted.has(key)
  }

  /** The next offer, unless one is unanswered or there is none left. */
  next(opaque: () => number): Control | undefined {
    if (this.#offered !== undefined) return undefined
    const pair = this.#waiting.shift()
    if (pair === undefined) return undefined
    const [key, value] = pair
    this.#offered = { key, opaque: opaque() }
    return { ...plainRequest, _tag: "Control", opaque: this.#offered.opaque, key, value }
  }

  /** Takes a response; whether it was the one awaited. A parameter that is refused is not in force, and that is all. */
  answered(opaque: number, status: number): boolean {
    if (this.#offered?.opaque !== opaque) return false
    if (status === Status.Success) this.#accepted.add(this.#offered.key)
    this.#offered = undefined
    return true
  }
}
