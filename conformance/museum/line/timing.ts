/** The mutant that is about time: how often something is tried, where the kit says how much time passes. */
import { Schema } from "effect"
import { MovedAnswer, StartAnswer } from "../../protocol/answers.ts"
import type { Line } from "../../remote/line.ts"
import { attempts, counted, M79 as mutant, seconds } from "../sessions/cluster/attempts.ts"
import type { Exhibit } from "./exhibit.ts"

const role = "sessions/action-table"
const tried = { _tag: "Tried" } as const

const readStart = Schema.decodeUnknownResult(StartAnswer)
const readMoved = Schema.decodeUnknownResult(MovedAnswer)

/** How often it is tried while this time passes. Rejects with `AdapterTrouble`. */
const attemptsBehind = async (line: Line, seed: number): Promise<number> => {
  const peer = await line.peer()
  const started = await peer.ask("start", peer.nextStart(role, seed), readStart, peer.budgets.input)
  const moved = await peer.ask("advance", { ms: seconds * 1000 }, readMoved, peer.budgets.input)
  if (started._tag !== "Ok" || moved._tag !== "Ok") throw peer.trouble("it was not started, or no time has passed")
  return moved.ok.outputs?.length ?? 0
}

/** What has failed at once is tried again by nothing but the passing of time. */
export const timing: Exhibit = {
  protocol: "sessions",
  mutant,
  served: [
    {
      role,
      name: mutant.id,
      observes: [],
      advances: true,
      start: async () => ({
        input: async () => ({ outputs: [], dead: false }),
        advance: async (ms) => ({
          outputs: Array.from({ length: attempts(mutant.timing, ms) }, () => tried),
          dead: false
        }),
        observe: () => ({}),
        stop: () => undefined
      })
    }
  ],
  face: async (call, seed) => {
    const line = call()
    try {
      return counted(mutant, await attemptsBehind(line, seed))
    } finally {
      await line.hangUp()
    }
  }
}
