/** Successors of many states in one go: code written out for a system's footprints and a layout. */
import type { Compiled } from "./compile.ts"
import type { Expand } from "./expanding.ts"
import { each, firingText } from "./firing-code.ts"
import type { Layout } from "./layout.ts"
import type { Programs } from "./programs.ts"

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
    ${firingText(words, !steps.none, "break next")}
    if (firing === 0) hearer.ends(state)
  }
  expansion.count = count
  return state
}`
}

/** Footprints that read nothing have one number. */
const constants = (places: ReadonlyArray<number>): string => each(places.length, (k) => `const p${places[k]} = 0`)
