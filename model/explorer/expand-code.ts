/** Successors of many states in one go: code written out for a system's footprints and a layout. */
import { unknown } from "./columns.ts"
import type { Compiled } from "./compile.ts"
import type { Layout } from "./layout.ts"
import { lookupLength, type Programs } from "./programs.ts"
import { type Candidates, hashText } from "./store-code.ts"

/** Who is asked for what the tables do not hold yet. An answer below 0 means that the state cannot be expanded for now. */
export interface Teacher {
  view(view: number, value: number, state: number): number
  tuple(tuple: number, left: number, right: number): number
  /** The program of a group of rules. */
  group(group: number, state: number): number
  /** 0 where an `always` law holds, 1 where it is broken. */
  always(law: number, state: number): number
  /** What a column adds to a word, once laws have said what they have to say about the step. `unknown` where the state cannot be expanded. */
  lookup(column: number, value: number, state: number, rule: number, list: number): number
}

/** Who hears what is found while states are expanded. */
export interface Hearer extends Teacher {
  /** An `always` law is broken. */
  broken(law: number, state: number): void
  /** Nothing is enabled. */
  ends(state: number): void
  /** The candidate at `at` was reached by a firing with labels: for `step` laws. */
  stepped(at: number, from: number, rule: number, list: number): void
}

/** What expanding works on. `count` candidates are there; it stops at `full` of them. */
export interface Expansion {
  readonly candidates: Candidates
  count: number
  full: number
  /** Rows that were candidates not long ago, at a place that depends on their hash. Many a state is reached again soon. */
  recent: Int32Array
  /** How often each program ran. */
  hits: Float64Array
  readonly values: Int32Array
  readonly todo: Int32Array
}

/** Rows that are remembered as recent, a power of two. */
const recentRows = 1 << 11

/** A memory for recent rows. The row of zeros is the initial state, which is known from the beginning. */
export const noneRecent = (words: number): Int32Array => new Int32Array(recentRows * words)

/** Expands states from `from` to before `to` and returns the first that it did not expand: for want of room, or of knowledge. */
export type Expand = (expansion: Expansion, rows: Int32Array, from: number, to: number, hearer: Hearer) => number

/** The code for a compiled system under a layout. Throws where generating code is not allowed. */
export const expandCode = <L>(compiled: Compiled<L>, programs: Programs<L>, layout: Layout): Expand => {
  const text = expandText(compiled, layout)
  const make = new Function("views", "tuples", "always", "groups", "programs", text) as (
    views: unknown,
    tuples: unknown,
    always: unknown,
    groups: unknown,
    programs: unknown
  ) => Expand
  const { footprints, always } = compiled
  return make(footprints.views, footprints.tuples, always, programs.known, programs)
}

const each = (count: number, text: (k: number) => string, between = "\n"): string =>
  Array.from({ length: count }, (_, k) => text(k)).join(between)

const expandText = <L>({ width, footprints, always, rules, cells, steps }: Compiled<L>, layout: Layout): string => {
  const { words, word, shift, bits } = layout
  const { views, tuples } = footprints
  const number = (k: number): string => `w${word[k]} >>> ${shift[k]} & ${2 ** bits[k]! - 1}`
  return `
return (expansion, rows, from, to, hearer) => {
  const { candidates, full, hits, values, todo, recent } = expansion
  const came = candidates.rows, hashes = candidates.hashes, parents = candidates.parents
  const { columns } = programs.lookups
  ${each(views.length, (k) => `const view${k} = views[${k}].numbers.entries`)}
  ${each(tuples.length, (k) => `const pairs${k} = tuples[${k}].numbers.pairs, tuple${k} = pairs${k}.entries, shift${k} = pairs${k}.shift`)}
  ${each(always.length, (k) => `const always${k} = always[${k}].known.entries`)}
  ${each(rules.length, (k) => `const group${k} = groups[${k}].entries`)}
  let count = expansion.count, state = from, hash = 0
  next: for (; state < to && count < full; state++) {
    const b = state * ${words}
    ${each(words, (w) => `const w${w} = rows[b + ${w}]`)}
    ${each(width, (k) => (k < cells.length ? `const p${k} = values[${k}] = ${number(k)}` : `values[${k}] = ${number(k)}`))}
    ${each(views.length, (k) => {
      const { place, cell } = views[k]!
      return `let p${place} = view${k}[p${cell}]; if (p${place} < 0 && (p${place} = hearer.view(${k}, p${cell}, state)) < 0) break`
    })}
    ${each(tuples.length, (k) => {
      const { left, right, place } = tuples[k]!
      const l = `p${left}`
      const r = `p${right}`
      return `let p${place} = shift${k} >= 0 ? tuple${k}[${l} << shift${k} | ${r}] : pairs${k}.get(${l}, ${r})
      if (p${place} < 0 && (p${place} = hearer.tuple(${k}, ${l}, ${r})) < 0) break`
    })}
    ${constants(footprints.constants)}
    let firing = 0
    ${each(rules.length, (k) => `let g${k} = group${k}[p${rules[k]!.place}]; if (g${k} < 0 && (g${k} = hearer.group(${k}, state)) < 0) break; todo[firing] = g${k}; firing += g${k} !== 1 ? 1 : 0`)}
    ${each(always.length, (k) => `let a${k} = always${k}[p${always[k]!.footprint.place}]; if (a${k} < 0) a${k} = hearer.always(${k}, state); if (a${k} > 0) hearer.broken(${k}, state)`)}
    const numbers = programs.numbers, effects = columns.effects, starts = columns.starts
    const before = count
    for (let f = 0; f < firing; f++) {
      const program = todo[f]
      let at = program + 2
      for (let left = numbers[program]; left > 0; left--) {
        const c = count * ${words}
        let lookups = numbers[at + 2]
        ${each(words, (w) => `let n${w} = w${w} + numbers[at + ${3 + w}]`)}
        if (lookups !== 0) {
          ${each(words, (w) => `came[c + ${w}] = n${w}`)}
          const rule = numbers[at], list = numbers[at + 1]
          at += ${3 + words}
          do {
            const value = values[numbers[at + 1]]
            let difference = effects[starts[numbers[at]] + value] ^ ${unknown}
            if (difference === ${unknown}) {
              difference = hearer.lookup(numbers[at], value, state, rule, list)
              if (difference === ${unknown}) { count = before; recent.fill(0); break next }
            }
            came[c + numbers[at + 2]] += difference
            at += ${lookupLength}
          } while (--lookups !== 0)
          ${each(words, (w) => `n${w} = came[c + ${w}]`)}
          ${steps.none ? "" : "if (list !== 0) hearer.stepped(c, state, rule, list)"}
          if (!(${each(words, (w) => `(n${w} ^ w${w})`, " | ")})) continue
        } else {
          ${each(words, (w) => `came[c + ${w}] = n${w}`)}
          ${steps.none ? "" : "if (numbers[at + 1] !== 0) hearer.stepped(c, state, numbers[at], numbers[at + 1])"}
          at += ${3 + words}
        }
        ${hashText(Array.from({ length: words }, (_, w) => `n${w}`))}
        const r = (hash >>> 4 & ${recentRows - 1}) * ${words}
        if (${each(words, (w) => `recent[r + ${w}] === n${w}`, " && ")}) continue
        ${each(words, (w) => `recent[r + ${w}] = n${w}`)}
        hashes[count] = hash
        parents[count++] = state
      }
    }
    for (let f = 0; f < firing; f++) hits[numbers[todo[f] + 1]]++
    if (firing === 0) hearer.ends(state)
  }
  expansion.count = count
  return state
}`
}

/** Footprints that read nothing have one number. */
const constants = (places: ReadonlyArray<number>): string => each(places.length, (k) => `const p${places[k]} = 0`)
