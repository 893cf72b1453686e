/**
 * The set of possible states: where an implementation decides what nobody can see, all model states that explain what it has
 * said so far.
 */
import type { Reaction } from "./role-under-test.ts"
import type { PartGraph, PartMove, PartNode, Stage } from "./stage.ts"

/** One input that the environment may give, and all that the model may do with it. */
export interface Option<L, I, O, V> {
  /** Its rule and choice as text: the same wherever the same is asked. */
  readonly text: string
  readonly moves: ReadonlyArray<readonly [node: PartNode<L, I, O, V>, move: PartMove<L, I, O, V>]>
}

/** A set of states. The same object wherever the same states are possible. */
export interface Place<L, I, O, V> {
  readonly nodes: ReadonlyArray<PartNode<L, I, O, V>>
  readonly options: ReadonlyArray<Option<L, I, O, V>>
}

/** The sets of states that walks lead to, each found once. */
export class Places<L, I, O, V> {
  readonly start: Place<L, I, O, V>
  private readonly stage: Pick<Stage<L, I, O, V>, "graph" | "part">
  private readonly numbers = new Map<PartNode<L, I, O, V>, number>()
  private readonly known = new Map<string, Place<L, I, O, V>>()

  /** Sets that were found so far. */
  get size(): number {
    return this.known.size
  }

  constructor(stage: Pick<Stage<L, I, O, V>, "graph" | "part">) {
    this.stage = stage
    this.start = this.place([stage.graph.start()])
  }

  /** Where the moves lead that agree with what was seen; nothing where none of them does. */
  after(option: Option<L, I, O, V>, seen: Reaction<O, V>): Place<L, I, O, V> | undefined {
    const { graph, part } = this.stage
    const agreeing = option.moves.filter(([, move]) => part.differs(graph.play(move), seen).length === 0)
    return agreeing.length === 0 ? undefined : this.reached(agreeing)
  }

  /** Where an input may have led that was never answered, or was answered with a shrug: nowhere, or wherever it can lead. */
  doubtful(place: Place<L, I, O, V>, option: Option<L, I, O, V>): Place<L, I, O, V> {
    return this.place([...place.nodes, ...this.reached(option.moves).nodes])
  }

  /** Where moves lead. */
  reached(moves: Option<L, I, O, V>["moves"]): Place<L, I, O, V> {
    return this.place(moves.map(([node, move]) => this.stage.graph.after(node, move).node))
  }

  private place(all: ReadonlyArray<PartNode<L, I, O, V>>): Place<L, I, O, V> {
    const nodes = [...new Set(all)].sort((one, other) => this.number(one) - this.number(other))
    const key = nodes.map((node) => this.number(node)).join()
    const known = this.known.get(key)
    if (known !== undefined) return known
    const place = new Reached(nodes, () => optionsAt(nodes, this.stage.graph, this.stage.part.choice))
    this.known.set(key, place)
    return place
  }

  private number(node: PartNode<L, I, O, V>): number {
    const known = this.numbers.get(node)
    if (known !== undefined) return known
    this.numbers.set(node, this.numbers.size)
    return this.numbers.size - 1
  }
}

/** A set of states that works out what may be asked there once somebody stands in it: most are only looked at from afar. */
class Reached<L, I, O, V> implements Place<L, I, O, V> {
  readonly nodes: Place<L, I, O, V>["nodes"]
  private readonly ask: () => Place<L, I, O, V>["options"]
  private known: Place<L, I, O, V>["options"] | undefined

  constructor(nodes: Place<L, I, O, V>["nodes"], ask: () => Place<L, I, O, V>["options"]) {
    this.nodes = nodes
    this.ask = ask
  }

  get options(): Place<L, I, O, V>["options"] {
    this.known ??= this.ask()
    return this.known
  }
}

const optionsAt = <L, I, O, V>(
  nodes: ReadonlyArray<PartNode<L, I, O, V>>,
  graph: PartGraph<L, I, O, V>,
  choice: (labels: ReadonlyArray<L>) => unknown
): ReadonlyArray<Option<L, I, O, V>> => {
  const options = new Map<string, Array<readonly [PartNode<L, I, O, V>, PartMove<L, I, O, V>]>>()
  for (const node of nodes)
    for (const rule of graph.rules.keys())
      for (const move of graph.moves(node, rule)) {
        const text = JSON.stringify([move.rule, choice(move.labels)])
        const moves = options.get(text)
        if (moves === undefined) options.set(text, [[node, move]])
        else moves.push([node, move])
      }
  return [...options].map(([text, moves]) => ({ text, moves }))
}
