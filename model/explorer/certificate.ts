/** The certificate of a run: enough for somebody else to walk the same system by other means and compare. */
import { isView, type Read } from "../kernel/cell.ts"
import type { System } from "../kernel/system.ts"
import { hex, Sum, textDigest, type Words } from "./digest.ts"
import type { Interner } from "./intern.ts"
import type { Reached } from "./reached.ts"

/** What a complete exploration vouches for. */
export interface Certificate {
  readonly system: string
  /**
   * Digest of the definition as data: names, initial values, fairness, what is read and what laws say.
   *
   * The code of rules is not in it, for the same code has many texts; `states` speaks for it.
   */
  readonly definition: string
  /**
   * Digest of the set of reachable states.
   *
   * A part of a state is a cell or memory, written as its position, a colon and its JSON text. A state's digest is the
   * stirred sum of its parts' digests, and the set's is the sum of those.
   */
  readonly states: string
  /** How many states are 0, 1, 2 ... steps away from the initial one. */
  readonly perDepth: ReadonlyArray<number>
  /** How often each rule fired, in the system's order. */
  readonly perRule: ReadonlyArray<number>
  /** The verdicts of all laws but those about liveness, in the system's order. */
  readonly verdicts: Readonly<Record<string, string>>
}

/** What a complete exploration found, as far as it is vouched for. */
interface Found {
  readonly rules: ReadonlyArray<{ readonly fired: number }>
  readonly laws: ReadonlyArray<{ readonly id: string; readonly modality: string; readonly verdict: string }>
}

/** The certificate of a complete exploration that reached these states. */
export const certificate = <L>(reached: Reached<L>, { rules, laws }: Found): Certificate => {
  const { system } = reached.compiled
  const starts = reached.levels()
  return {
    system: system.name,
    definition: hex(textDigest(definitionText(system))),
    states: hex(setDigest(reached)),
    perDepth: starts.slice(1).map((end, level) => end - starts[level]!),
    perRule: rules.map(({ fired }) => fired),
    verdicts: Object.fromEntries(
      laws.flatMap(({ id, modality, verdict }) => (modality === "leadsTo" ? [] : [[id, verdict]]))
    )
  }
}

const setDigest = <L>(reached: Reached<L>): Words => {
  const { cells, memories } = reached.compiled
  const parts = [...cells, ...memories].map(({ values }, position) => partDigests(values, position))
  const set = new Sum()
  const state = new Sum()
  for (let at = 0; at < reached.expanded; at++) {
    state.clear()
    for (let position = 0; position < parts.length; position++) {
      state.add(parts[position]![reached.number(at, position)]!)
    }
    set.add(state.stirred())
  }
  return set.words()
}

const partDigests = (values: Interner, position: number): ReadonlyArray<Words> =>
  Array.from({ length: values.size }, (_, number) => textDigest(`${position}:${JSON.stringify(values.value(number))}`))

/** The definition of a system as JSON text. */
const definitionText = <L>({ name, cells, rules, laws, observables }: System<L>): string => {
  const read = (what: Read<unknown>): string => (isView(what) ? `${what.cell.name}.${what.name}` : what.name)
  return JSON.stringify({
    name,
    cells: cells.map((cell) => [cell.name, cell.init]),
    rules: rules.map(({ name, actor, fair, reads }) => [name, actor, fair, reads.map(read)]),
    laws: laws.map((law) => {
      const about = "follows" in law ? [law.follows.name, law.follows.init] : law.observes
      const given = "given" in law ? law.given : []
      return [law.id, law.modality, law.sentence, law.source, law.reading ?? null, about, given]
    }),
    observables: Object.entries(observables).map(([name, what]) => [name, read(what)])
  })
}
