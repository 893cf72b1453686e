/** One run in lockstep: the model takes a step, the implementation gets the same input, and both are compared. */
import { Diverged, type Divergence } from "./divergence.ts"
import type { Play } from "./part.ts"
import type { Reaction, Session } from "./role-under-test.ts"
import { same } from "./same.ts"
import type { PartMove, PartNode, Stage } from "./stage.ts"

/** A walk through the environment's graph with an implementation beside it. */
export class Walk<L, I, O, V> {
  /** Moves that were chosen, in order. */
  readonly chosen: Array<PartMove<L, I, O, V>> = []
  /** All moves, with those that the implementation carries out by itself. */
  readonly story: Array<PartMove<L, I, O, V>> = []
  /** Where the model stands. */
  node: PartNode<L, I, O, V>
  private readonly stage: Stage<L, I, O, V>
  private session: Session<I, O, V> | undefined

  constructor(stage: Stage<L, I, O, V>) {
    this.stage = stage
    this.node = stage.graph.start()
  }

  /** Starts the implementation. */
  begin(): Promise<void> | void {
    const started = this.stage.adapter.start()
    if (started instanceof Promise)
      return started.then((session) => {
        this.session = session
      })
    this.session = started
  }

  /** Ends the life of the implementation, if it has one. */
  end(): Promise<void> | void {
    const { session } = this
    this.session = undefined
    return session?.stop()
  }

  /** Takes a move that is possible here. Throws `Diverged`, at once or later, where the implementation does otherwise. */
  take(move: PartMove<L, I, O, V>): Promise<void> | void {
    const before = this.node
    this.chosen.push(move)
    this.arrive(move)
    const play = this.stage.internal.length === 0 ? this.stage.graph.play(move) : this.burst(move)
    if (play.begins) return this.restart()
    if (play.input === undefined) return play.ends ? this.end() : undefined
    if (this.session === undefined) throw new Error("the model goes on with an implementation that is gone")
    const reaction = this.session.input(play.input)
    if (reaction instanceof Promise) return reaction.then((seen) => this.compare(before, play, seen))
    return this.compare(before, play, reaction)
  }

  private arrive(move: PartMove<L, I, O, V>): void {
    const { node, broken } = this.stage.graph.after(this.node, move)
    this.node = node
    this.story.push(move)
    if (broken.length > 0) this.stage.onBroken?.(broken, () => this.story)
  }

  /** Lets the model do what the implementation does by itself, until nothing is left of that. */
  private burst(move: PartMove<L, I, O, V>): Play<I, O, V> {
    const { graph, internal } = this.stage
    let all = graph.play(move)
    for (;;) {
      const rule = internal.find((rule) => graph.moves(this.node, rule).length > 0)
      if (rule === undefined) return all
      const next = graph.moves(this.node, rule)[0]!
      this.arrive(next)
      all = joined(all, graph.play(next))
    }
  }

  private compare(before: PartNode<L, I, O, V>, play: Play<I, O, V>, seen: Reaction<O, V>): Promise<void> | void {
    if (!agrees(play, seen)) {
      const channels = this.stage.part.differs(play, seen)
      if (channels.length > 0) throw new Diverged(this.divergence(before, play, seen, channels))
    }
    if (play.ends) return this.end()
  }

  private divergence(
    before: PartNode<L, I, O, V>,
    play: Play<I, O, V>,
    seen: Reaction<O, V>,
    channels: ReadonlyArray<string>
  ): Divergence<L, O> {
    const { part, adapter, graph } = this.stage
    const from = this.story.lastIndexOf(this.chosen.at(-1)!)
    const burst = part.actual(
      this.story.slice(from).map(({ labels }) => labels),
      seen
    )
    const steps = this.story.map(({ rule, actor, labels }, at) => ({
      rule,
      actor,
      labels: burst[at - from] ?? labels
    }))
    const shown = channels.includes("shown")
    return {
      implementation: adapter.name,
      role: part.role,
      channels,
      story: steps,
      input: play.input === undefined ? "" : part.tellInput(play.input),
      expected: play.due,
      actual: seen.outputs,
      told: {
        expected: [...part.tellDue(play), ...(shown ? [part.tellShown(play.shown ?? null)] : [])],
        actual: [...seen.outputs.map(part.tellOutput), ...(shown ? [part.tellShown(seen.observed ?? null)] : [])]
      },
      brokenLaws: graph.judge(before, burst.flat())
    }
  }

  private restart(): Promise<void> | void {
    const ended = this.end()
    return ended instanceof Promise ? ended.then(() => this.begin()) : this.begin()
  }
}

/** The common case, without looking at channels. */
const agrees = <I, O, V>(play: Play<I, O, V>, seen: Reaction<O, V>): boolean =>
  same(play.due, seen.outputs) &&
  (play.shown === undefined || seen.observed === undefined || same(play.shown, seen.observed))

const joined = <I, O, V>(one: Play<I, O, V>, next: Play<I, O, V>): Play<I, O, V> => ({
  input: one.input,
  due: next.due.length === 0 ? one.due : [...one.due, ...next.due],
  shown: next.shown === undefined ? one.shown : next.shown,
  begins: one.begins || next.begins,
  ends: one.ends || next.ends
})
