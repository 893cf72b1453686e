/** Systems of ours, served as simulations. */
import { Schema } from "effect"
import type { System } from "../../../model/kernel/system.ts"
import { type Move, StateGraph, type StateNode } from "../../kit/state-graph.ts"
import type { Served } from "../serve.ts"
import { SimulationInput, SimulationOutput } from "./words.ts"

type Node<L> = StateNode<L, null>

/** Characters after which an answer takes no further state, well below the longest line. */
const enough = 400_000

/** A role in which whoever starts it says within which bounds; `build` throws where it cannot. */
export const simulated = <L>(
  role: string,
  name: string,
  label: Schema.Codec<L, unknown>,
  build: (config: Readonly<Record<string, unknown>>) => System<L>
): Served => ({
  role,
  name,
  observes: [],
  start: async (config) => {
    const simulation = new Simulation(build(config), label)
    return {
      input: async (input) => ({
        outputs: simulation.answer(decode(input)).map((output) => encode(output)),
        dead: false
      }),
      observe: () => ({}),
      stop: () => undefined
    }
  }
})

const decode = Schema.decodeUnknownSync(SimulationInput)
const encode = Schema.encodeSync(SimulationOutput)

class Simulation<L> {
  private readonly graph: StateGraph<L, null>
  private readonly encode: (labels: ReadonlyArray<L>) => ReadonlyArray<unknown>
  private readonly states: Array<Node<L>>
  private readonly numbers = new Map<Node<L>, number>()
  private readonly texts = new Map<string, number>()
  private readonly seen = new Map<Move<L, null>, { readonly number: number; readonly length: number }>()

  constructor(system: System<L>, label: Schema.Codec<L, unknown>) {
    this.graph = new StateGraph({ ...system, laws: [] }, () => null)
    this.encode = Schema.encodeSync(Schema.Array(label))
    this.states = [this.graph.start()]
    this.numbers.set(this.states[0]!, 0)
  }

  answer(input: SimulationInput): ReadonlyArray<SimulationOutput> {
    if (input._tag === "LookAt") return this.look(input.states)
    return this.graph.system.rules.map(({ name, actor, fair }) => ({ _tag: "Rule", name, actor, fair }))
  }

  private look(states: ReadonlyArray<number>): ReadonlyArray<SimulationOutput> {
    const outputs: Array<SimulationOutput> = []
    let length = 0
    for (const state of states) {
      const node = this.states[state]
      if (node === undefined) throw new RangeError(`nobody was told of state ${state}`)
      const steps: Array<readonly [number, number, number]> = []
      for (const rule of this.graph.rules.keys())
        for (const move of this.graph.moves(node, rule)) {
          const seen = this.seen.get(move) ?? this.tell(move, outputs)
          length += seen.length
          steps.push([rule, seen.number, this.numberOf(this.graph.after(node, move).node)])
        }
      outputs.push({ _tag: "Steps", steps })
      length += 16 * steps.length
      if (length > enough) break
    }
    return outputs
  }

  /** The number of what is seen of a move, which is told here where no other move looks the same. */
  private tell(
    move: Move<L, null>,
    outputs: Array<SimulationOutput>
  ): { readonly number: number; readonly length: number } {
    const labels = this.encode(move.labels)
    const text = JSON.stringify(labels)
    const known = this.texts.get(text)
    const number = this.number(this.texts, text)
    this.seen.set(move, { number, length: 0 })
    if (known === undefined) outputs.push({ _tag: "Seen", labels })
    return { number, length: known === undefined ? text.length : 0 }
  }

  private numberOf(node: Node<L>): number {
    const known = this.numbers.get(node)
    if (known !== undefined) return known
    this.states.push(node)
    return this.number(this.numbers, node)
  }

  private number<K>(numbers: Map<K, number>, key: K): number {
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, numbers.size)
    return numbers.size - 1
  }
}
