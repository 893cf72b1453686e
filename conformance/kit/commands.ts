/** fast-check commands that carry a choice into what the model says is possible, so that none is wasted. */
import fc from "fast-check"
import type { Part } from "./part.ts"
import type { PartGraph, PartMove } from "./stage.ts"
import type { Walk } from "./walk.ts"

/** Positions of the rules that a command may choose, and which of those are rare. */
interface Kinds {
  readonly rules: ReadonlyArray<number>
  readonly rare: ReadonlySet<number>
}

/** What commands came to mean in a run that failed: a command itself never changes. */
export class Journal<L, I, O, V> {
  private entries: Array<readonly [Choose<L, I, O, V>, PartMove<L, I, O, V>]> = []
  private readonly kept = new WeakMap<Choose<L, I, O, V>, PartMove<L, I, O, V>>()

  /** Begins a new run. */
  begin(): void {
    this.entries = []
  }

  note(command: Choose<L, I, O, V>, move: PartMove<L, I, O, V>): void {
    this.entries.push([command, move])
  }

  /** Keeps this run's meanings, because it failed. */
  keep(): void {
    for (const [command, move] of this.entries) this.kept.set(command, move)
  }

  meaning(command: Choose<L, I, O, V>): PartMove<L, I, O, V> | undefined {
    return this.kept.get(command)
  }
}

/** What the commands of one check share. */
interface Shared<L, I, O, V> {
  readonly graph: PartGraph<L, I, O, V>
  readonly part: Part<L, I, O, V>
  readonly kinds: Kinds
  readonly journal: Journal<L, I, O, V>
}

/** Take a move of one kind, told by a number that is resolved where the run then stands. Immutable. */
export class Choose<L, I, O, V> implements fc.AsyncCommand<Walk<L, I, O, V>, Walk<L, I, O, V>> {
  private readonly shared: Shared<L, I, O, V>
  private readonly kind: number
  private readonly index: number

  constructor(shared: Shared<L, I, O, V>, kind: number, index: number) {
    this.shared = shared
    this.kind = kind
    this.index = index
  }

  check(walk: Readonly<Walk<L, I, O, V>>): boolean {
    return this.resolve(walk) !== undefined
  }

  run(walk: Walk<L, I, O, V>): Promise<void> {
    const move = this.resolve(walk)!
    this.shared.journal.note(this, move)
    return walk.take(move) ?? done
  }

  toString(): string {
    const { graph, part, kinds, journal } = this.shared
    const move = journal.meaning(this)
    if (move === undefined) return `${graph.rules[kinds.rules[this.kind]!]} #${this.index}`
    const { input } = graph.play(move)
    return input === undefined ? `${move.actor}: ${move.rule}` : part.tellInput(input)
  }

  /** The move of this kind; of the next kind that is possible where this one is not; a rare one only where all else is not. */
  private resolve(walk: Readonly<Walk<L, I, O, V>>): PartMove<L, I, O, V> | undefined {
    const { graph, kinds } = this.shared
    const count = kinds.rules.length
    let rare: ReadonlyArray<PartMove<L, I, O, V>> = []
    for (let step = 0; step < count; step++) {
      const rule = kinds.rules[(this.kind + step) % count]!
      const moves = graph.moves(walk.node, rule)
      if (moves.length === 0) continue
      if (step === 0 || !kinds.rare.has(rule)) return moves[this.index % moves.length]
      if (rare.length === 0) rare = moves
    }
    return rare[this.index % rare.length]
  }
}

const done = Promise.resolve()

const usually = 6
const rare = 1

/** Sequences of up to `maxCommands` commands, each kind drawn as often as its weight says. */
export const commandsFor = <L, I, O, V>(
  graph: PartGraph<L, I, O, V>,
  part: Part<L, I, O, V>,
  journal: Journal<L, I, O, V>,
  maxCommands: number,
  weights: Readonly<Record<string, number>>
): fc.Arbitrary<Iterable<fc.AsyncCommand<Walk<L, I, O, V>, Walk<L, I, O, V>>>> => {
  const rules = graph.rules.flatMap((rule, position) => (part.internal.has(rule) ? [] : [position]))
  const weightOf = (position: number): number => {
    const rule = graph.rules[position]!
    return weights[rule] ?? part.weights[rule] ?? usually
  }
  const shared = {
    graph,
    part,
    journal,
    kinds: { rules, rare: new Set(rules.filter((position) => weightOf(position) <= rare)) }
  }
  const kinds = rules.flatMap((position, kind): ReadonlyArray<fc.Arbitrary<Choose<L, I, O, V>>> => {
    const command = fc.nat({ max: 0xffff }).map((index) => new Choose(shared, kind, index))
    return Array.from({ length: weightOf(position) }, () => command)
  })
  return fc.commands(kinds, { maxCommands, size: "max" })
}
