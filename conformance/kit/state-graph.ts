/**
 * The states of a system as a graph that is computed where somebody walks, and kept.
 *
 * A conformance run steps the same bounded system millions of times. Here every state knows what may happen in it and
 * where that leads, so the model costs next to nothing once a place is known.
 */
import type { Write } from "../../model/kernel/cell.ts"
import type { Rule, System } from "../../model/kernel/system.ts"
import { CellValues } from "./cell-values.ts"
import { type BrokenLaw, LawMemories } from "./law-memories.ts"

/** One thing that may happen in a state. The same object wherever the same rule finds the same. */
export interface Move<L, P> {
  readonly rule: string
  readonly actor: string
  readonly labels: ReadonlyArray<L>
  readonly writes: ReadonlyArray<Write>
  /** What a walk needs to know. A rule may offer hundreds of moves, so it is computed for those that are taken. */
  taken: Taking<P> | undefined
}

interface Taking<P> {
  /** What whoever built the graph wanted to know about the labels. */
  readonly play: P
  readonly list: number
  readonly writes: ReadonlyArray<readonly [cell: number, op: number]>
}

/** A state: its cells and law memories as numbers. What was asked about it is kept with it. */
export interface StateNode<L, P> {
  readonly cells: ReadonlyArray<number>
  readonly memories: ReadonlyArray<number>
  readonly moves: Array<ReadonlyArray<Move<L, P>> | undefined>
  readonly arrivals: Map<Move<L, P>, Arrival<L, P>>
}

/** Where a move leads, and the history laws that its labels break. */
export interface Arrival<L, P> {
  readonly node: StateNode<L, P>
  readonly broken: ReadonlyArray<BrokenLaw>
}

interface Reader {
  readonly cell: number
  number(value: number): number
  value(number: number): unknown
}

/** A rule with what it reads and what it answered to each footprint. */
interface AskedRule<L, P> {
  readonly rule: Rule<L>
  readonly readers: ReadonlyArray<Reader>
  readonly known: Map<string, ReadonlyArray<Move<L, P>>>
}

interface Tables<L, P> {
  readonly cells: CellValues
  readonly laws: LawMemories<L>
  readonly rules: ReadonlyArray<AskedRule<L, P>>
  readonly nodes: Map<string, StateNode<L, P>>
  moves: number
}

/** Beyond these the tables are dropped between two walks, because memory is dearer than asking again. */
const mostNodes = 200_000
const mostMoves = 500_000

/** A system ready for walking. `prepare` says once per move what its labels ask of the implementation under test. */
export class StateGraph<L, P> {
  readonly system: System<L>
  readonly rules: ReadonlyArray<string>
  private readonly prepare: (labels: ReadonlyArray<L>) => P
  private tables: Tables<L, P>

  constructor(system: System<L>, prepare: (labels: ReadonlyArray<L>) => P) {
    this.system = system
    this.rules = system.rules.map(({ name }) => name)
    this.prepare = prepare
    this.tables = emptyTables(system)
  }

  /** The initial state. Nodes of walks that began before belong to the past. */
  start(): StateNode<L, P> {
    if (this.tables.nodes.size > mostNodes || this.tables.moves > mostMoves) this.tables = emptyTables(this.system)
    return this.node(this.tables.cells.initial, this.tables.laws.initial)
  }

  /** What one rule, told by its position, may do in a state. */
  moves(node: StateNode<L, P>, rule: number): ReadonlyArray<Move<L, P>> {
    const known = node.moves[rule]
    if (known !== undefined) return known
    const found = this.ask(this.tables.rules[rule]!, node)
    node.moves[rule] = found
    return found
  }

  /** Where a move leads. */
  after(node: StateNode<L, P>, move: Move<L, P>): Arrival<L, P> {
    const known = node.arrivals.get(move)
    if (known !== undefined) return known
    const { cells, laws } = this.tables
    const taking = this.taking(move)
    const { memories, broken } = laws.after(node.memories, taking.list, move.labels)
    const arrival = { node: this.node(cells.after(node.cells, taking.writes), memories), broken }
    node.arrivals.set(move, arrival)
    return arrival
  }

  /** What a move asks of the implementation under test. */
  play(move: Move<L, P>): P {
    return this.taking(move).play
  }

  /** A state of the model as text, without what laws remember of the way to it. */
  told({ cells }: StateNode<L, P>): string {
    return this.tables.cells.told(cells)
  }

  /** The history laws that these labels would break in a state. */
  judge(node: StateNode<L, P>, labels: ReadonlyArray<L>): ReadonlyArray<BrokenLaw> {
    return this.tables.laws.judge(node.memories, labels)
  }

  private node(cells: ReadonlyArray<number>, memories: ReadonlyArray<number>): StateNode<L, P> {
    const key = `${cells.join()} ${memories.join()}`
    const known = this.tables.nodes.get(key)
    if (known !== undefined) return known
    const node = { cells, memories, moves: [], arrivals: new Map() }
    this.tables.nodes.set(key, node)
    return node
  }

  private ask(asked: AskedRule<L, P>, node: StateNode<L, P>): ReadonlyArray<Move<L, P>> {
    const footprint = asked.readers.map((reader) => reader.number(node.cells[reader.cell]!))
    const key = footprint.join()
    const known = asked.known.get(key)
    if (known !== undefined) return known
    const { name, actor } = asked.rule
    const firings = asked.rule.fire(...footprint.map((number, position) => asked.readers[position]!.value(number)))
    const moves = firings.map(({ labels, writes }) => ({ rule: name, actor, labels, writes, taken: undefined }))
    this.tables.moves += moves.length
    asked.known.set(key, moves)
    return moves
  }

  private taking(move: Move<L, P>): Taking<P> {
    const { cells, laws } = this.tables
    move.taken ??= {
      play: this.prepare(move.labels),
      list: laws.list(move.labels),
      writes: move.writes.map(({ cell, op }) => cells.write(cell, op))
    }
    return move.taken
  }
}

const emptyTables = <L, P>(system: System<L>): Tables<L, P> => {
  const cells = new CellValues(system.cells)
  return {
    cells,
    laws: new LawMemories(system.laws),
    rules: system.rules.map((rule) => ({
      rule,
      readers: rule.reads.map((read) => cells.reader(read)),
      known: new Map()
    })),
    nodes: new Map(),
    moves: 0
  }
}
