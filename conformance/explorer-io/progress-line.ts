/** How an exploration is going, in one line. */
import type { Progress } from "../../model/explorer/exploration.ts"

/** A report of progress and when it was made. */
export interface Report extends Progress {
  readonly millis: number
}

/**
 * The line for a report, given the one before.
 *
 * The end can be estimated only once the queue shrinks: it ends when the queue is empty, if it goes on shrinking like that.
 */
export const progressLine = (now: Report, before: Report): string => {
  const seconds = (now.millis - before.millis) / 1000
  const rate = (now.states - before.states) / seconds
  const shrinks = (before.queue - now.queue) / seconds
  return [
    `${now.states.toLocaleString("en")} states`,
    `${Math.round(rate).toLocaleString("en")}/s`,
    `${now.queue.toLocaleString("en")} to expand`,
    `depth ${now.depth}`,
    `${Math.round(now.bytes / 2 ** 20)} MiB`,
    shrinks > 0 ? `about ${Math.ceil(now.queue / shrinks)} s to go` : "no end in sight"
  ].join(", ")
}
