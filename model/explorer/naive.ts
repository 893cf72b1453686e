/**
 * The explorer without ideas: whole states as JSON text, every function called every time, nothing cached.
 *
 * It is the oracle of the real one's tests, so it shares no code with it and only does what is plainly right.
 */
import type { HistoryLaw, Law, LeadsToLaw, Memory, SometimesLaw } from "../../spec/law.ts"
import { isView, type Read } from "../kernel/cell.ts"
import type { Counts } from "../kernel/scope.ts"
import type { System } from "../kernel/system.ts"
import { fairStays, type Node } from "./naive-liveness.ts"

/** What the oracle says of a law. */
export interface NaiveLaw {
  readonly id: string
  readonly verdict: string
  readonly length?: number
}

interface State extends Node {
  readonly number: number
  readonly cells: ReadonlyArray<unknown>
  readonly memories: ReadonlyArray<unknown>
  readonly depth: number
  readonly steps: Array<{ readonly rule: number; readonly to: State }>
}

/** Explores all of `system`, which should be small. */
export const exploreNaively = <L>(
  system: System<L>
): { readonly counts: Counts; readonly deadEnds: number; readonly laws: ReadonlyArray<NaiveLaw> } => {
  const memories: ReadonlyArray<Memory<unknown, L>> = system.laws.filter(follows).map((law) => law.follows)
  const found = new Map<string, number>()
  const find = (id: string, length: number): void => {
    if (!found.has(id)) found.set(id, length)
  }
  const look = (read: Read<unknown>, cells: ReadonlyArray<unknown>): unknown => {
    const value = cells[system.cells.indexOf(isView(read) ? read.cell : read)]
    return isView(read) ? read.of(value) : value
  }
  const observe = (names: ReadonlyArray<string>, cells: ReadonlyArray<unknown>): ReadonlyArray<unknown> =>
    names.map((name) => look(system.observables[name]!, cells))

  const states = new Map<string, State>()
  const reach = (cells: ReadonlyArray<unknown>, remembered: ReadonlyArray<unknown>, depth: number): State => {
    const text = JSON.stringify([cells, remembered])
    const known = states.get(text)
    if (known !== undefined) return known
    const state: State = { number: states.size, cells, memories: remembered, depth, steps: [] }
    states.set(text, state)
    for (const law of system.laws) {
      if (law.modality !== "always") continue
      if (law.breaks(...observe(law.observes, cells)) !== undefined) find(law.id, depth)
    }
    return state
  }

  reach(
    system.cells.map((cell) => cell.init),
    memories.map((memory) => memory.init),
    0
  )
  let generated = 1
  for (const state of states.values()) {
    for (const [position, rule] of system.rules.entries()) {
      for (const { labels, writes } of rule.fire(...rule.reads.map((read) => look(read, state.cells)))) {
        generated++
        const cells = [...state.cells]
        for (const { cell, op } of writes) {
          const index = system.cells.indexOf(cell)
          cells[index] = cell.apply(cells[index], op)
        }
        let remembered = state.memories
        for (const label of labels) {
          const before = remembered
          const after = memories.map((memory, index) => memory.on(before[index], label))
          for (const law of system.laws) {
            const index = follows(law) ? memories.indexOf(law.follows) : -1
            if (law.modality === "history" && law.breaks(before[index], label, after[index]) !== undefined) {
              find(law.id, state.depth + 1)
            }
            if (law.modality === "sometimes" && law.happens(before[index], label, after[index])) {
              find(law.id, state.depth + 1)
            }
            if (law.modality === "step") {
              const why = law.breaks(observe(law.observes, state.cells), label, observe(law.observes, cells))
              if (why !== undefined) find(law.id, state.depth + 1)
            }
          }
          remembered = after
        }
        const next = reach(cells, remembered, state.depth + 1)
        state.steps.push({ rule: position, to: next })
      }
    }
  }

  for (const law of system.laws) {
    if (law.modality !== "leadsTo") continue
    const index = memories.indexOf(law.follows)
    const waiting = [...states.values()].filter((state) => law.pending(state.memories[index]) !== undefined)
    const staying = fairStays(
      new Set(waiting),
      system.rules.map(({ fair }) => fair)
    )
    if (staying.size > 0) find(law.id, Math.min(...[...staying].map((state) => state.depth)))
  }
  const depth = Math.max(...[...states.values()].map((state) => state.depth))
  return {
    counts: { distinct: states.size, generated, depth },
    deadEnds: [...states.values()].filter(({ steps }) => steps.length === 0).length,
    laws: system.laws.map(({ id, modality }) => {
      const length = found.get(id)
      if (length === undefined) return { id, verdict: modality === "sometimes" ? "never" : "holds" }
      return { id, verdict: modality === "sometimes" ? "witnessed" : "violated", length }
    })
  }
}

const follows = <L>(law: Law<L>): law is HistoryLaw<L> | SometimesLaw<L> | LeadsToLaw<L> =>
  law.modality !== "always" && law.modality !== "step"
