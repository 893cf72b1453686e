/**
 * A second, tiny checker: it derives a run's certificate anew, so that nobody has to believe the explorer.
 *
 * It shares no code with it. States are kept as JSON text, every function is called every time, levels are walked one after
 * another, and digests are computed from their description in `Certificate`. It is slow, and short enough to be read.
 */

import type { Read } from "../../model/kernel/cell.ts"
import type { System } from "../../model/kernel/system.ts"
import type { HistoryLaw, Law, LeadsToLaw, SometimesLaw } from "../../spec/law.ts"

/** What a run vouches for. */
export interface Claim {
  readonly system: string
  readonly definition: string
  readonly states: string
  readonly perDepth: ReadonlyArray<number>
  readonly perRule: ReadonlyArray<number>
  readonly verdicts: Readonly<Record<string, string>>
}

/** Derives what a certificate of `system` must say. */
export const derived = <L>(system: System<L>): Claim => {
  const perRule = system.rules.map(() => 0)
  const perDepth: Array<number> = []
  const spoken = new Set<string>()
  const seen = new Set<string>()
  let total = 0n
  let level = new Set([JSON.stringify(initial(system))])
  while (level.size > 0) {
    perDepth.push(level.size)
    const next = new Set<string>()
    for (const text of level) seen.add(text)
    for (const text of level) {
      const state = JSON.parse(text) as ReadonlyArray<unknown>
      total += stateNumber(state)
      for (const id of brokenAt(system, state)) spoken.add(id)
      for (const [rule, successor, ids] of steps(system, state)) {
        perRule[rule]!++
        for (const id of ids) spoken.add(id)
        const found = JSON.stringify(successor)
        if (!seen.has(found)) next.add(found)
      }
    }
    level = next
  }
  return {
    system: system.name,
    definition: hexOf(digest(definition(system))),
    states: hexOf(laneWise(total)),
    perDepth,
    perRule,
    verdicts: Object.fromEntries(
      system.laws.flatMap((law) => (law.modality === "leadsTo" ? [] : [[law.id, verdict(law, spoken.has(law.id))]]))
    )
  }
}

/** How a certificate differs from what was derived, in words; nothing where it is right. */
export const differences = (claimed: Claim, found: Claim): ReadonlyArray<string> =>
  (["system", "definition", "states", "perDepth", "perRule", "verdicts"] as const).flatMap((part) => {
    const [said, is] = [JSON.stringify(claimed[part]), JSON.stringify(found[part])]
    return said === is ? [] : [`${part}: the certificate says ${said}, and it is ${is}`]
  })

const verdict = (law: Law<never>, spoke: boolean): string =>
  law.modality === "sometimes" ? (spoke ? "witnessed" : "never") : spoke ? "violated" : "holds"

// ---- the system ---------------------------------------------------------------------------------------------------

type Following<L> = HistoryLaw<L> | SometimesLaw<L> | LeadsToLaw<L>
const isFollowing = <L>(law: Law<L>): law is Following<L> => "follows" in law

const memories = <L>(system: System<L>) => [...new Set(system.laws.filter(isFollowing).map((law) => law.follows))]

/** A state is a list: the value of each cell, then of each memory that a law follows. */
const initial = <L>(system: System<L>): ReadonlyArray<unknown> => [
  ...system.cells.map(({ init }) => init),
  ...memories(system).map(({ init }) => init)
]

const seenBy = <L>(system: System<L>, read: Read<unknown>, state: ReadonlyArray<unknown>): unknown =>
  "of" in read ? read.of(state[system.cells.indexOf(read.cell)]) : state[system.cells.indexOf(read)]

const observed = <L>(system: System<L>, names: ReadonlyArray<string>, state: ReadonlyArray<unknown>) =>
  names.map((name) => seenBy(system, system.observables[name]!, state))

const brokenAt = <L>(system: System<L>, state: ReadonlyArray<unknown>): ReadonlyArray<string> =>
  system.laws.flatMap((law) =>
    law.modality === "always" && law.breaks(...observed(system, law.observes, state)) !== undefined ? [law.id] : []
  )

type Step = readonly [rule: number, successor: ReadonlyArray<unknown>, spoken: ReadonlyArray<string>]

/** Every step from a state, with the laws that have something to say about it. */
const steps = <L>(system: System<L>, state: ReadonlyArray<unknown>): ReadonlyArray<Step> =>
  system.rules.flatMap((rule, position) =>
    rule.fire(...rule.reads.map((read) => seenBy(system, read, state))).map(({ labels, writes }): Step => {
      const after = [...state]
      for (const { cell, op } of writes) {
        const index = system.cells.indexOf(cell)
        after[index] = cell.apply(after[index], op)
      }
      const spoken = labels.flatMap((label) => {
        const before = [...after]
        for (const [k, memory] of memories(system).entries()) {
          const index = system.cells.length + k
          after[index] = memory.on(before[index], label)
        }
        return system.laws.filter((law) => speaks(system, law, state, before, label, after)).map(({ id }) => id)
      })
      return [position, after, spoken]
    })
  )

const speaks = <L>(
  system: System<L>,
  law: Law<L>,
  state: ReadonlyArray<unknown>,
  before: ReadonlyArray<unknown>,
  label: L,
  after: ReadonlyArray<unknown>
): boolean => {
  if (law.modality === "always" || law.modality === "leadsTo") return false
  if (law.modality === "step") {
    const [was, is] = [observed(system, law.observes, state), observed(system, law.observes, after)]
    return law.breaks(was, label, is) !== undefined
  }
  const index = system.cells.length + memories(system).indexOf(law.follows)
  if (law.modality === "sometimes") return law.happens(before[index], label, after[index])
  return law.breaks(before[index], label, after[index]) !== undefined
}

// ---- digests ------------------------------------------------------------------------------------------------------

const seeds = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344]
const factors = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f]
const mask = 0xffffffffn

const mix = (word: number): number => {
  const once = Math.imul(word ^ (word >>> 16), 0x21f0aaad)
  const twice = Math.imul(once ^ (once >>> 15), 0x735a2d97)
  return (twice ^ (twice >>> 15)) >>> 0
}

const known = new Map<string, ReadonlyArray<number>>()

/** Four words: for each unit of the text exclusive or, multiply, turn by 15 bits; at last mix with the length. */
const digest = (text: string): ReadonlyArray<number> => {
  const before = known.get(text)
  if (before !== undefined) return before
  const units = text.split("").map((unit) => unit.charCodeAt(0))
  const found = seeds.map((seed, lane) => {
    const h = units.reduce((sofar, unit) => {
      const product = Math.imul(sofar ^ unit, factors[lane]!)
      return (product << 15) | (product >>> 17)
    }, seed)
    return mix(h ^ text.length)
  })
  known.set(text, found)
  return found
}

/** A state's digest as one number in which each word has 32 bits more to itself, so that adding them up never carries over. */
const stateNumber = (state: ReadonlyArray<unknown>): bigint => {
  const sums = [0, 0, 0, 0]
  for (const [position, value] of state.entries()) {
    for (const [lane, word] of digest(`${position}:${JSON.stringify(value)}`).entries()) sums[lane]! += word
  }
  return sums.reduce((sofar, sum, lane) => {
    const stirred = mix((sum + Math.imul(sums[(lane + 1) % 4]!, factors[lane]!)) | 0)
    return (sofar << 64n) | BigInt(stirred)
  }, 0n)
}

const laneWise = (total: bigint): ReadonlyArray<number> =>
  [192n, 128n, 64n, 0n].map((shift) => Number((total >> shift) & mask))

const hexOf = (words: ReadonlyArray<number>): string => words.map((word) => word.toString(16).padStart(8, "0")).join("")

const definition = <L>(system: System<L>): string => {
  const named = (read: Read<unknown>): string => ("of" in read ? `${read.cell.name}.${read.name}` : read.name)
  return JSON.stringify({
    name: system.name,
    cells: system.cells.map((cell) => [cell.name, cell.init]),
    rules: system.rules.map((rule) => [rule.name, rule.actor, rule.fair, rule.reads.map(named)]),
    laws: system.laws.map((law) => [
      law.id,
      law.modality,
      law.sentence,
      law.source,
      law.reading ?? null,
      isFollowing(law) ? [law.follows.name, law.follows.init] : law.observes,
      law.modality === "leadsTo" ? law.given : []
    ]),
    observables: Object.entries(system.observables).map(([name, read]) => [name, named(read)])
  })
}
