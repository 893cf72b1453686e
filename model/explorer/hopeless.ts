/** Liveness by hopelessness: a state in which something is pending and from which fair rules alone never end the waiting. */
import type { LeadsToLaw } from "../../spec/law.ts"
import { type Batch, grown } from "./batch.ts"
import type { Compiled } from "./compile.ts"
import { blaming } from "./errors.ts"
import type { Verdicts } from "./verdict.ts"
import type { Visited } from "./visited.ts"

/** Transitions by fair rules, collected while exploring. */
export class FairEdges {
  private readonly fair: ReadonlyArray<boolean>
  private count = 0
  private from = new Int32Array(1 << 10)
  private to = new Int32Array(1 << 10)

  constructor(fair: ReadonlyArray<boolean>) {
    this.fair = fair
  }

  /** The transitions of a batch whose rows are these states. */
  add(batch: Batch, states: Int32Array): void {
    for (let j = 0; j < batch.count; j++) {
      if (!this.fair[batch.rules[j]!]) continue
      if (this.count === this.from.length) {
        this.from = grown(this.from)
        this.to = grown(this.to)
      }
      this.from[this.count] = batch.parents[j]!
      this.to[this.count++] = states[j]!
    }
  }

  /** The transitions by where they lead. */
  reversed(states: number): Predecessors {
    const { count, from, to } = this
    const starts = new Int32Array(states + 1)
    for (let e = 0; e < count; e++) starts[to[e]! + 1]!++
    for (let s = 0; s < states; s++) starts[s + 1]! += starts[s]!
    const free = starts.slice()
    const predecessors = new Int32Array(count)
    for (let e = 0; e < count; e++) predecessors[free[to[e]!]!++] = from[e]!
    return { starts, predecessors }
  }
}

/** The predecessors of state `s` stand from `starts[s]` to before `starts[s + 1]`. */
interface Predecessors {
  readonly starts: Int32Array
  readonly predecessors: Int32Array
}

/** Judges the `leadsTo` laws on a graph that is complete. `look` is told which state a law is asked about. */
export const judgeLiveness = <L>(
  compiled: Compiled<L>,
  visited: Visited,
  edges: FairEdges,
  verdicts: Verdicts<L>,
  look: (state: number) => void
): void => {
  const predecessors = edges.reversed(visited.count)
  for (const [index, law] of compiled.system.laws.entries()) {
    if (law.modality !== "leadsTo") continue
    const { whys, values } = waits(compiled, visited, law, look)
    const pending = Uint8Array.from(values, (value) => (whys[value] === null ? 0 : 1))
    const hopeless = firstHopeless(pending, predecessors)
    if (hopeless !== undefined) verdicts.violatedAt(index, hopeless, whys[values[hopeless]!] ?? "")
  }
}

/** For each state the value of the memory that a law follows, and for each value who waits, or null where nobody does. */
const waits = <L>(
  { cells, memories, width }: Compiled<L>,
  visited: Visited,
  law: LeadsToLaw<L>,
  look: (state: number) => void
): { readonly whys: ReadonlyArray<string | null>; readonly values: Int32Array } => {
  const k = memories.findIndex((table) => table.memory === law.follows)
  const memory = memories[k]!
  const values = new Int32Array(visited.count)
  const whys: Array<string | null> = []
  for (let state = 0; state < visited.count; state++) {
    const value = visited.rows[state * width + cells.length + k]!
    values[state] = value
    if (whys[value] !== undefined) continue
    look(state)
    whys[value] = blaming(
      () => `law ${law.id}`,
      () => law.pending(memory.values.value(value)) ?? null
    )
  }
  return { whys, values }
}

/** The first pending state from which no transition, however many are taken, leads to a state where nothing is pending. */
const firstHopeless = (pending: Uint8Array, { starts, predecessors }: Predecessors): number | undefined => {
  const hopeful = new Uint8Array(pending.length)
  const queue = new Int32Array(pending.length)
  let count = 0
  for (let state = 0; state < pending.length; state++) {
    if (pending[state] !== 0) continue
    hopeful[state] = 1
    queue[count++] = state
  }
  while (count > 0) {
    const state = queue[--count]!
    for (let e = starts[state]!; e < starts[state + 1]!; e++) {
      const predecessor = predecessors[e]!
      if (hopeful[predecessor] !== 0) continue
      hopeful[predecessor] = 1
      queue[count++] = predecessor
    }
  }
  const first = hopeful.indexOf(0)
  return first < 0 ? undefined : first
}
