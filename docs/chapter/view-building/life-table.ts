/** The life of a task as a table and as a picture, both made from what the model does with tasks. */
import { asShipped, original2025, reference, type Variant } from "../../../model/view-building/variant.ts"
import type { TaskType } from "../../../spec/view-building/metadata.ts"
import { table } from "../exploring.ts"
import { type After, type Before, lifeUnder, type Move, type Step } from "./life.ts"

const variants: Readonly<Record<string, Variant>> = { reference, asShipped, original2025 }

/** Who gives a command of this kind, and when. */
const told: Readonly<Record<Step, readonly [who: string, what: string]>> = {
  t1: ["schema layer", "a view is created"],
  t2: ["registrator of a worker", "staging sstables have come"],
  begin: ["view building coordinator", "tasks are about to be asked for"],
  t3: ["view building coordinator", "finished tasks are collected"],
  "t3 each": ["view building coordinator", "an answer has come"],
  t4: ["schema layer", "a view, a table or a keyspace is dropped"],
  t5: ["topology coordinator", "a replica is about to lose its tablet"],
  "t6 other": ["topology coordinator", "a replica has taken another's place"],
  "t6 more": ["topology coordinator", "a replica was added"],
  "t6 less": ["topology coordinator", "a replica was taken away"],
  t7: ["topology coordinator", "a transition was reverted"],
  t8: ["topology coordinator", "tablets are split or merged"]
}

const afterWords: Readonly<Record<After, string>> = {
  none: "∅",
  alive: "alive",
  started: "started",
  aborted: "aborted",
  "anew here": "anew where it was",
  "anew there": "anew on the new replica",
  "anew for its tablets": "anew for each tablet that its own became"
}

const beforeWords = (from: Before): string => (from === "none" ? "∅" : from)

/** Of a resize it does not matter which of the tablets has the old one's name. */
const withoutRepeats = (moves: ReadonlyArray<Move>): ReadonlyArray<Move> =>
  moves.filter(
    ({ from, to }) =>
      to !== "anew here" || !moves.some((other) => other.from === from && other.to === "anew for its tablets")
  )

/** What becomes of the tasks of one type: `alive, aborted → ∅`. */
const cell = (all: ReadonlyArray<Move>, type: TaskType): string => {
  const moves = withoutRepeats(all.filter((move) => move.type === type))
  const targets = [...new Set(moves.map(({ to }) => to))]
  if (targets.length === 0) return "as they are"
  return targets
    .map((to) => {
      const from = moves.filter((move) => move.to === to).map((move) => beforeWords(move.from))
      return `${from.join(", ")} → ${afterWords[to]}`
    })
    .join("; ")
}

const numberOf = (step: Step): string | undefined => /^t\d/.exec(step)?.[0]

/** One row a kind of command: who gives it, and what it makes of tasks. */
export const lifeTable = ([name = "reference"]: ReadonlyArray<string>): string => {
  const variant = variants[name]
  if (variant === undefined) throw new TypeError(`there is no variant ${name}`)
  const rows = [...lifeUnder(variant)].map(([step, moves]) => {
    const [who, what] = told[step]
    return [numberOf(step) ?? "", who, what, cell(moves, "build_range"), cell(moves, "process_staging")]
  })
  return table(["", "who", "when", "tasks that build a range", "tasks that process staging"], rows)
}

/** Every way that there is in a task's life. Throws where the picture has no room for one. */
const ways = (life: ReadonlyMap<Step, ReadonlyArray<Move>>) => {
  const found = { made: new Set<Step>(), done: new Set<Step>(), aborted: new Set<Step>(), gone: new Set<Step>() }
  const anew = { ofAlive: new Set<Step>(), ofAborted: new Set<Step>() }
  for (const [step, moves] of life)
    for (const { from, to } of moves) {
      const isAnew = to.startsWith("anew")
      if (from === "none" && to === "alive") found.made.add(step)
      else if (from === "alive" && to === "none") found.done.add(step)
      else if (from === "alive" && to === "aborted") found.aborted.add(step)
      else if (from === "aborted" && to === "none") found.gone.add(step)
      else if (from === "alive" && isAnew) anew.ofAlive.add(step)
      else if (from === "aborted" && isAnew) anew.ofAborted.add(step)
      else throw new TypeError(`the picture of a task's life has no way from ${from} to ${to}`)
    }
  return { ...found, ...anew }
}

/** The life of a task under the reference as a picture in text. */
export const lifePicture = (): string => {
  const { made, done, aborted, gone, ofAlive, ofAborted } = ways(lifeUnder(reference))
  const words = (steps: ReadonlySet<Step>): string =>
    [...new Set([...steps].flatMap((step) => numberOf(step) ?? []))].sort().join(" ")
  const within = (width: number, steps: ReadonlySet<Step>): string => {
    const text = words(steps)
    return text.padStart(Math.ceil((width + text.length) / 2)).padEnd(width)
  }
  return [
    "```text",
    `        ${within(15, made)}         ${within(22, aborted)}`.trimEnd(),
    " (none) ──────────────▶  alive  ────────────────────▶  aborted",
    "   ▲                     │   │                           │  │",
    "   │                     │   └──────▶ anew, alive ◀──────┘  │",
    `   │                     │  ${within(8, ofAlive)} (another id) ${within(8, ofAborted)}  │`,
    `   │${within(21, done)}│${within(34, gone)}│`,
    "   └─────────────────────┴──────────────────────────────────┘",
    "```"
  ].join("\n")
}
