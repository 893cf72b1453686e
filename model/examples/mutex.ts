/** A lock for two that looks and takes in two steps, which is one step too many. */
import { always, history, type Memory, step } from "../../spec/law.ts"
import { register, write } from "../kernel/cell.ts"
import { type Rule, rulesOf, type System } from "../kernel/system.ts"

export type MutexLabel = { readonly _tag: "Entered" | "Left"; readonly process: number }

const rule = rulesOf<MutexLabel>()

/** Two processes and a lock. `atomic` takes the lock in the step that looks at it. */
export const mutex = (atomic: boolean): System<MutexLabel> => {
  const lock = register("lock", false)
  const processes = [0, 1].map((process) => register<"out" | "looked" | "in">(`process ${process}`, "out"))
  const rulesOfProcess = (own: (typeof processes)[number], process: number): ReadonlyArray<Rule<MutexLabel>> => {
    const options = { actor: `process ${process}`, fair: "weak" } as const
    const enter = { labels: [{ _tag: "Entered", process }], writes: [write(own, "in"), write(lock, true)] } as const
    return [
      rule(`look ${process}`, { ...options, reads: [own, lock] }, (now, taken) => {
        if (now !== "out" || taken) return []
        return atomic ? [enter] : [{ labels: [], writes: [write(own, "looked")] }]
      }),
      rule(`take ${process}`, { ...options, reads: [own] }, (now) => (now === "looked" ? [enter] : [])),
      rule(`leave ${process}`, { ...options, reads: [own] }, (now) =>
        now === "in" ? [{ labels: [{ _tag: "Left", process }], writes: [write(own, "out"), write(lock, false)] }] : []
      )
    ]
  }
  return {
    name: atomic ? "mutex" : "mutex that looks before it takes",
    cells: [lock, ...processes],
    rules: processes.flatMap(rulesOfProcess),
    laws: [notBoth, takesAFreeLock, oneAtATime],
    observables: { lock, "process 0": processes[0]!, "process 1": processes[1]! }
  }
}

const notBoth = always("MUT-S1", {
  sentence: "At most one process is in.",
  source: "this file",
  observes: ["process 0", "process 1"],
  breaks: (one, other) => (one === "in" && other === "in" ? "both are in" : undefined)
})

const takesAFreeLock = step<MutexLabel>("MUT-S2", {
  sentence: "Whoever enters takes a lock that was free.",
  source: "this file",
  observes: ["lock"],
  breaks: ([before], label, [after]) =>
    label._tag === "Entered" && !(before === false && after === true)
      ? `process ${label.process} entered although the lock was taken`
      : undefined
})

/** How many are in, by what was seen of them. */
const inside: Memory<number, MutexLabel> = {
  name: "inside",
  init: 0,
  on: (count, label) => (label._tag === "Entered" ? count + 1 : count - 1)
}

const oneAtATime = history<MutexLabel, number>("MUT-S3", {
  sentence: "Between two entries somebody leaves.",
  source: "this file",
  follows: inside,
  breaks: (_before, label, count) => (count > 1 ? `process ${label.process} is number ${count} inside` : undefined)
})
