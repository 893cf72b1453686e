/** How an exploration is going, in one line. */
import type { Progress } from "../../model/explorer/exploration.ts"
import { count } from "../report/counts.ts"

const mebibyte = 2 ** 20

/** States, rate, queue, depth and memory after some milliseconds. When it will end nobody can know. */
export const progressWords = (name: string, { states, queue, depth, bytes }: Progress, millis: number): string => {
  const rate = Math.round((states / Math.max(1, millis)) * 1000)
  const memory = count(Math.ceil(bytes / mebibyte))
  return `${name}: ${count(states)} states, ${count(rate)} a second, queue ${count(queue)}, depth ${depth}, ${memory} MiB`
}
