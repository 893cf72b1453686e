/** What enabled rules make of one state: the loop that writes its candidates, written out for a number of words. */
import { unknown } from "./columns.ts"
import { type Expansion, type Hearer, recentRows } from "./expanding.ts"
import { lookupLength, type Programs } from "./programs.ts"
import { hashText } from "./store-code.ts"

/** The text `between` of texts for 0 to before `count`. */
export const each = (count: number, text: (k: number) => string, between = "\n"): string =>
  Array.from({ length: count }, (_, k) => text(k)).join(between)

/**
 * Statements that run the programs `todo[0]` to before `todo[firing]` on the state whose words are `w0`, `w1` and so on.
 *
 * Candidates are counted in `count`. `giveUp` is what to do where something is not known and cannot be told now.
 */
export const firingText = (words: number, hasSteps: boolean, giveUp: string): string => {
  const stepped = (c: string, rule: string, list: string): string =>
    hasSteps ? `if (${list} !== 0) hearer.stepped(${c}, state, ${rule}, ${list})` : ""
  return `
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
              if (difference === ${unknown}) { count = before; recent.fill(0); ${giveUp} }
            }
            came[c + numbers[at + 2]] += difference
            at += ${lookupLength}
          } while (--lookups !== 0)
          ${each(words, (w) => `n${w} = came[c + ${w}]`)}
          ${stepped("c", "rule", "list")}
          if (!(${each(words, (w) => `(n${w} ^ w${w})`, " | ")})) continue
        } else {
          ${each(words, (w) => `came[c + ${w}] = n${w}`)}
          ${stepped("c", "numbers[at]", "numbers[at + 1]")}
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
    for (let f = 0; f < firing; f++) hits[numbers[todo[f] + 1]]++`
}

/** Runs as many programs on a state. Says whether all was known; if not, nothing has become of the state. */
export type Fire = (
  expansion: Expansion,
  rows: Int32Array,
  state: number,
  firing: number,
  programs: Pick<Programs<unknown>, "numbers" | "lookups">,
  hearer: Hearer
) => boolean

const written = new Map<string, Fire>()

/** The loop by itself. Throws where generating code is not allowed. It does for every system, and so is compiled only once. */
export const firingCode = (words: number, hasSteps: boolean): Fire => {
  const key = `${words} ${hasSteps}`
  const known = written.get(key)
  if (known !== undefined) return known
  const made = new Function(
    "expansion",
    "rows",
    "state",
    "firing",
    "programs",
    "hearer",
    fireText(words, hasSteps)
  ) as Fire
  written.set(key, made)
  return made
}

const fireText = (words: number, hasSteps: boolean): string => `
  const { candidates, hits, values, todo, recent } = expansion
  const came = candidates.rows, hashes = candidates.hashes, parents = candidates.parents
  const { columns } = programs.lookups
  let count = expansion.count, hash = 0
  const b = state * ${words}
  ${each(words, (w) => `const w${w} = rows[b + ${w}]`)}
  ${firingText(words, hasSteps, "expansion.count = count; return false")}
  expansion.count = count
  return true`
