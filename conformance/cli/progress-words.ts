/** How an exploration is going, in one line. */
import type { Progress } from "../../model/explorer/exploration.ts"
import { count } from "../report/counts.ts"

const mebibyte = 2 ** 20

/** What is known of an exploration before it begins. */
export interface Watched {
  readonly name: string
  /** States that it is to have, where that is pinned. */
  readonly pinned?: number | undefined
  /** What it begins with: nothing, unless it goes on from a checkpoint. */
  readonly begun?: { readonly states: number; readonly expanded: number } | undefined
}

/** States, rate, queue, depth and memory after some milliseconds; and about when it ends, where the end is pinned. */
export const progressWords = (
  { name, pinned, begun = { states: 0, expanded: 0 } }: Watched,
  { states, queue, depth, bytes }: Progress,
  millis: number
): string => {
  const perSecond = (number: number): number => (number / Math.max(1, millis)) * 1000
  const rate = Math.round(perSecond(states - begun.states))
  const memory = count(Math.ceil(bytes / mebibyte))
  const expanded = states - queue
  const speed = perSecond(expanded - begun.expanded)
  const left = pinned === undefined || pinned < states || speed <= 0 ? undefined : (pinned - expanded) / speed
  const end = left === undefined ? "" : `, about ${count(Math.ceil(left))} s left`
  return `${name}: ${count(states)} states, ${count(rate)} a second, queue ${count(queue)}, depth ${depth}, ${memory} MiB${end}`
}
