/** Adapters that are right but for one thing: what they say is altered on its way out. */
import { modelMade } from "../kit/dcp/model-made.test-support.ts"
import { registryAdapter } from "../museum/sessions/registry-adapter.ts"
import type { Capabilities } from "../protocol/capabilities.ts"
import type { Dialer } from "../transport/link.ts"
import { memoryDialer } from "../transport/memory-link.ts"
import type { Budgets } from "./budgets.ts"
import { type Case, casesOf, verdictOf } from "./cases.ts"
import { checkRemote, type RemoteOptions } from "./check-remote.ts"
import { type Clock, wallClock } from "./clock.ts"
import { Line } from "./line.ts"
import type { RemoteResult } from "./remote-result.ts"
import type { RemoteRole } from "./remote-role.ts"
import { consumerConnectionRole } from "./roles/consumer-connection.ts"
import { sessionRegistryRole } from "./roles/session-registry.ts"
import { type Served, serve, served } from "./serve.ts"

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
export const altered = (alter: Alteration, intercept?: Interception): Dialer =>
  alteredOf(served(sessionRegistryRole, registryAdapter()), alter, intercept)

/** The same with every capability that is known. */
export const ableAltered = (alter: Alteration, intercept?: Interception): Dialer =>
  alteredOf(served(sessionRegistryRole, registryAdapter()), alter, intercept, able)

/** A connection made from the model, behind such an adapter. */
export const alteredConnection = (alter: Alteration, intercept?: Interception): Dialer =>
  alteredOf(served(consumerConnectionRole, modelMade()), alter, intercept)

const alteredOf = (
  implementation: Served,
  alter: Alteration,
  intercept: Interception = () => undefined,
  caps?: Capabilities
): Dialer =>
  memoryDialer("altered", (say) => {
    const asked = new Map<number, readonly [AskedFrame, number]>()
    const hear = serve(
      [implementation],
      caps
    )((line) => {
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

/** For those who are known to be silent, and are not waited for by the clock on the wall. */
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

/** All that our server can do. */
const able: Capabilities = {
  ops: ["inputs", "observe", "sync", "advance", "fault"],
  clock: "virtual",
  faults: ["crash", "restart", "pause", "resume"],
  reset: "soft",
  observe: ["partitions"],
  batch: true,
  seed: true
}

const clockFor = ({ way }: Dialer): Clock => (way === "in process" ? turnClock : wallClock)

/** The registry behind a dialer, checked in a few runs. */
export const checkedRegistry = (
  dialer: Dialer,
  more: Partial<RemoteOptions> = {},
  patience = patient,
  clock = clockFor(dialer)
) => checkedIn(sessionRegistryRole, dialer, more, patience, clock)

/** The connection behind a dialer, checked in a few runs. */
export const checkedConnection = (dialer: Dialer, more: Partial<RemoteOptions> = {}) =>
  checkedIn(consumerConnectionRole, dialer, { variant: "reference", ...more }, patient, clockFor(dialer))

const checkedIn = <L, I, O extends { readonly _tag: string }, V>(
  role: RemoteRole<L, I, O, V>,
  dialer: Dialer,
  more: Partial<RemoteOptions>,
  budgets: Budgets,
  clock: Clock
) =>
  checkRemote(role, new Line(dialer, { version: "test", specs: [], budgets, clock }), {
    ...options,
    ...more
  })

/** The verdict, and the first sentence of why it is not a pass. */
export const summary = (result: RemoteResult<unknown, unknown>, named = false): string => {
  const cases = casesOf(result, named)
  const verdict = verdictOf(cases)
  const telling: Case | undefined = cases.find((one) => one.verdict === verdict && one.why !== undefined)
  const [why] = (verdict === "pass" ? undefined : telling?.why)?.split("\n") ?? []
  return why === undefined ? verdict : `${verdict}: ${why}`
}
