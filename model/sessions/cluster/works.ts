/** Work in the hands of a receiver: rows on their way into a replica, and the guards that admit them. */
import { GuardId } from "../../../spec/sessions/ids.ts"
import { type Row, WorkId } from "../../../spec/sessions/messages.ts"
import type { RegistryInput } from "../../../spec/sessions/registry/messages.ts"
import type { Node, Work } from "./node-state.ts"

/**
 * Numbers of works begin again after so many, so that trying again for ever comes back to where it was. No number is in use
 * twice, for few works outlive the operation that waits for them.
 */
const mostWorks = 16

/** The number that a work gets so many after the last. */
export const workAfter = (named: number, count: number): number => ((named + count - 1) % mostWorks) + 1

export const workName = (number: number): WorkId => WorkId.make(`work-${number}`)

/** The guard of the shard that rows come in on, and that of the shard which writes them. */
export const readerGuard = ({ work }: Pick<Work, "work">): GuardId => GuardId.make(`${work}/reader`)
export const writerGuard = ({ work }: Pick<Work, "work">): GuardId => GuardId.make(`${work}/writer`)

export const entering = ({ session }: Pick<Work, "session">, guard: GuardId): RegistryInput => ({
  _tag: "Enter",
  session,
  guard
})
export const releasing = (guard: GuardId): RegistryInput => ({ _tag: "Release", guard })

/** Rows of several replicas as one: each write once, in order of time. */
export const merged = (rows: ReadonlyArray<Row>): ReadonlyArray<Row> =>
  rows
    .filter((row, k) => rows.findIndex((other) => other.key === row.key && other.timestamp === row.timestamp) === k)
    .sort((one, other) => one.timestamp - other.timestamp || (one.key < other.key ? -1 : 1))

/** A node whose operations no longer wait for a work. */
export const landedAt = (state: Node, { work }: Pick<Work, "work">): Node => ({
  ...state,
  running: state.running.map((running) =>
    running.awaits?.includes(work) ? { ...running, awaits: running.awaits.filter((other) => other !== work) } : running
  )
})
