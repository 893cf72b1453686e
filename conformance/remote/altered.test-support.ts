/** Adapters that are right but for one thing: what they say is altered on its way out. */
import { registryAdapter } from "../museum/sessions/registry-adapter.ts"
import type { Dialer } from "../transport/link.ts"
import { memoryDialer } from "../transport/memory-link.ts"
import type { Budgets } from "./budgets.ts"
import { type Case, casesOf, verdictOf } from "./cases.ts"
import { checkRemote, type RemoteOptions } from "./check-remote.ts"
import type { Clock } from "./clock.ts"
import { Line } from "./line.ts"
import type { RemoteResult } from "./remote-result.ts"
import { sessionRegistryRole } from "./roles/session-registry.ts"
import { serve, served } from "./serve.ts"

/** What was asked, as far as an alteration looks at it. */
export interface AskedFrame {
  readonly id: number
  readonly op: string
  readonly [field: string]: unknown
}

export interface AnsweredFrame {
  readonly id: number
  readonly ok?: Readonly<Record<string, unknown>>
  readonly err?: Readonly<Record<string, unknown>>
}

/** The lines that are sent in place of a right answer; `count` is how many requests there were. */
export type Alteration = (answer: AnsweredFrame, asked: AskedFrame, count: number) => ReadonlyArray<string>

/** What is answered to a request that is not even taken; nothing where it is. */
export type Interception = (asked: AskedFrame, count: number) => object | undefined

/** Our registry behind an adapter whose answers are altered, or which does not take every request. */
export const altered = (alter: Alteration, intercept: Interception = () => undefined): Dialer =>
  memoryDialer("altered", (say) => {
    const asked = new Map<number, readonly [AskedFrame, number]>()
    const hear = serve([served(sessionRegistryRole, registryAdapter())])((line) => {
      const answer: AnsweredFrame = JSON.parse(line)
      const [frame, count] = asked.get(answer.id)!
      for (const said of alter(answer, frame, count)) say(said)
    })
    return (line) => {
      const frame: AskedFrame = JSON.parse(line)
      asked.set(frame.id, [frame, asked.size + 1])
      const instead = intercept(frame, asked.size)
      if (instead === undefined) hear(line)
      else say(JSON.stringify({ id: frame.id, ...instead }))
    }
  })

/** Whoever does not answer within this, on a busy machine, never will. */
export const patient: Budgets = { handshake: 20_000, input: 20_000, sync: 20_000, trace: 20_000, run: 1e9 }

/** For those who are known to be silent. */
export const hasty: Budgets = { handshake: 1_000, input: 1_000, sync: 1_000, trace: 1_000, run: 1e9 }

/** A turn of the event loop is a millisecond: an adapter in this process answers within some, or it never does. */
const turnClock: Clock = {
  after: (ms, over) => {
    let left = ms
    const turn = (): void => {
      if (left < 0) return
      if (left-- === 0) over()
      else setImmediate(turn)
    }
    setImmediate(turn)
    return () => {
      left = -1
    }
  }
}

const options: RemoteOptions = { seed: 1, runs: 4, tour: false, interrupted: () => false, onProgress: () => undefined }

const clockFor = ({ way }: Dialer): { readonly clock?: Clock } => (way === "in process" ? { clock: turnClock } : {})

/** The registry behind a dialer, checked in a few runs. */
export const checkedRegistry = (dialer: Dialer, more: Partial<RemoteOptions> = {}, patience = patient) =>
  checkRemote(
    sessionRegistryRole,
    new Line(dialer, { version: "test", specs: [], budgets: patience, ...clockFor(dialer) }),
    {
      ...options,
      ...more
    }
  )

/** The verdict, and the first sentence of why it is not a pass. */
export const summary = (result: RemoteResult<unknown, unknown>, named = false): string => {
  const cases = casesOf(result, named)
  const verdict = verdictOf(cases)
  const telling: Case | undefined = cases.find((one) => one.verdict === verdict && one.why !== undefined)
  const [why] = (verdict === "pass" ? undefined : telling?.why)?.split("\n") ?? []
  return why === undefined ? verdict : `${verdict}: ${why}`
}
