/** One environment of a variant: plans of what to ask, and whether the variant explains what came of it. */
import type { Chance } from "../../model/explorer/random.ts"
import type { Divergence } from "../kit/divergence.ts"
import type { Part, Step } from "../kit/part.ts"
import { parted } from "../kit/parted.ts"
import { type Option, type Place, Places } from "../kit/possible.ts"
import type { Reaction } from "../kit/role-under-test.ts"
import type { PartGraph, PartMove } from "../kit/stage.ts"
import type { Transcript } from "./transcript.ts"

/** What the environment does next: an input for the role, or something of its own. */
export interface Planned<I> {
  /** Its rule and choice as text, the same in every variant. */
  readonly text: string
  readonly step: Step
  readonly input: I | undefined
}

export type Plan<I> = ReadonlyArray<Planned<I>>

export const inputsOf = <I>(plan: Plan<I>): ReadonlyArray<I> =>
  plan.flatMap(({ input }) => (input === undefined ? [] : [input]))

/** What is asked where these states are possible; nothing where nothing can be. */
type Choose<L, I, O, V> = (place: Place<L, I, O, V>) => Option<L, I, O, V> | undefined

/** How far a variant explains a transcript. */
export type Followed<L, O> =
  | { readonly _tag: "Explained" }
  /** The implementation has made a choice after which the environment of this variant would not have gone on as planned. */
  | { readonly _tag: "Elsewhere" }
  /** More states are possible than anybody can keep apart. */
  | { readonly _tag: "Overflow" }
  | { readonly _tag: "Diverged"; readonly at: number; readonly divergence: Divergence<L, O> }

/** The same, with where it has led. */
type Way<L, I, O, V> =
  | { readonly _tag: "Explained"; readonly place: Place<L, I, O, V> }
  | Exclude<Followed<L, O>, { readonly _tag: "Explained" | "Diverged" }>
  | {
      readonly _tag: "Parted"
      readonly at: number
      readonly way: ReadonlyArray<PartMove<L, I, O, V>>
      readonly option: Option<L, I, O, V>
      readonly seen: Reaction<O, V>
    }

/**
 * Whether something makes sense in every state that is possible.
 *
 * An environment knows what it has seen, so this is only in doubt behind an answer that left open what had happened.
 */
const isSure = <L, I, O, V>({ nodes }: Place<L, I, O, V>, { moves }: Option<L, I, O, V>): boolean =>
  nodes.length === 1 || new Set(moves.map(([node]) => node)).size === nodes.length

/** Possible states beyond which nothing is claimed any more. */
const mostPossible = 4_096

/** Sets of states after which what is known is dropped, because memory is dearer than finding them again. */
const mostPlaces = 20_000

const usualWeight = 6
const rare = 1

export class Course<L, I, O, V> {
  readonly graph: PartGraph<L, I, O, V>
  readonly part: Part<L, I, O, V>
  private known: Places<L, I, O, V>

  constructor(graph: PartGraph<L, I, O, V>, part: Part<L, I, O, V>) {
    this.graph = graph
    this.part = part
    this.known = new Places({ graph, part })
  }

  /** Where every walk begins. */
  get start(): Place<L, I, O, V> {
    return this.places().start
  }

  /** Draws a plan, as if the implementation always did the first thing that the model allows. */
  plan(draw: Chance, length: number): Plan<I> {
    return this.planFrom(this.start, length, (place) => this.drawn(place, draw))
  }

  /** The steps that are possible in this variant, in their order, as if the implementation always did the first thing. */
  planOf(steps: ReadonlyArray<Step>): Plan<I> {
    return this.stepsFrom(this.start, steps)
  }

  /**
   * The same plan as far as it was taken, and from there on another one: what happened last is open, so that only what
   * makes sense in every state that is possible may be asked.
   */
  replanned(plan: Plan<I>, reactions: ReadonlyArray<Reaction<O, V>>, draw: Chance): Plan<I> {
    return this.goneOn(plan, reactions, (place, left) =>
      this.planFrom(place, left.length, (at) => this.drawn(at, draw))
    )
  }

  /** The same plan, without what makes no sense behind something that is open. */
  thinned(plan: Plan<I>, reactions: ReadonlyArray<Reaction<O, V>>): Plan<I> {
    return this.goneOn(plan, reactions, (place, left) =>
      this.stepsFrom(
        place,
        left.map(({ step }) => step)
      )
    )
  }

  private goneOn(
    plan: Plan<I>,
    reactions: ReadonlyArray<Reaction<O, V>>,
    further: (place: Place<L, I, O, V>, left: Plan<I>) => Plan<I>
  ): Plan<I> {
    const inputs = plan.flatMap(({ input }, at) => (input === undefined ? [] : [at]))
    const taken = (inputs[reactions.length - 1] ?? -1) + 1
    const followed = this.followedBy(plan.slice(0, taken), reactions)
    return [
      ...plan.slice(0, taken),
      ...(followed._tag === "Explained" ? further(followed.place, plan.slice(taken)) : [])
    ]
  }

  /** A plan of what to ask next where these states are possible, which were come to last, with the same expectation. */
  planFrom(from: Place<L, I, O, V>, length: number, choose: Choose<L, I, O, V>): Plan<I> {
    const plan: Array<Planned<I>> = []
    const places = this.known
    for (let place: Place<L, I, O, V> | undefined = from; place !== undefined && plan.length < length; ) {
      const option = choose(place)
      if (option === undefined) break
      plan.push(this.planned(option))
      place = this.expected(places, option)
    }
    return plan
  }

  private stepsFrom(start: Place<L, I, O, V>, steps: ReadonlyArray<Step>): Plan<I> {
    const plan: Array<Planned<I>> = []
    const places = this.places()
    let place: Place<L, I, O, V> | undefined = start
    for (const { rule, choice } of steps) {
      const text = JSON.stringify([rule, choice])
      const option: Option<L, I, O, V> | undefined = place?.options.find(
        (one) => one.text === text && isSure(place!, one)
      )
      if (option === undefined) continue
      plan.push(this.planned(option))
      place = this.expected(places, option)
    }
    return plan
  }

  /** Whether this variant explains a transcript of a plan. `onPlace` is told of each set of states on the way. */
  follow(
    plan: Plan<I>,
    { reactions }: Pick<Transcript<I, O, V>, "reactions">,
    implementation: string,
    onPlace: (place: Place<L, I, O, V>, at: number) => void = () => undefined
  ): Followed<L, O> {
    const followed = this.followedBy(plan, reactions, onPlace)
    if (followed._tag !== "Parted") return followed
    const { at, way, option, seen } = followed
    const { graph, part } = this
    return { _tag: "Diverged", at, divergence: parted({ implementation, graph, part, way }, option, seen) }
  }

  private followedBy(
    plan: Plan<I>,
    reactions: ReadonlyArray<Reaction<O, V>>,
    onPlace: (place: Place<L, I, O, V>, at: number) => void = () => undefined
  ): Way<L, I, O, V> {
    const places = this.places()
    const way: Array<PartMove<L, I, O, V>> = []
    let place = places.start
    let taken = 0
    for (const [at, { text, input }] of plan.entries()) {
      const option = place.options.find((one) => one.text === text)
      if (option === undefined || !isSure(place, option)) return { _tag: "Elsewhere" }
      const seen = input === undefined ? undefined : reactions[taken++]
      if (input !== undefined && seen === undefined) break
      const next = this.after(places, place, option, seen)
      if (next === undefined) return { _tag: "Parted", at, way, option, seen: seen! }
      if (next.nodes.length > mostPossible) return { _tag: "Overflow" }
      way.push(option.moves[0]![1])
      place = next
      onPlace(place, at)
    }
    return { _tag: "Explained", place }
  }

  private after(
    places: Places<L, I, O, V>,
    place: Place<L, I, O, V>,
    option: Option<L, I, O, V>,
    seen: Reaction<O, V> | undefined
  ): Place<L, I, O, V> | undefined {
    if (seen === undefined) return places.reached(option.moves)
    if (seen.doubt === undefined) return places.after(option, seen)
    return seen.doubt.definite ? place : places.doubtful(place, option)
  }

  /** Asked where a walk begins: a set of states is good for as long as none does. */
  private places(): Places<L, I, O, V> {
    if (this.known.size > mostPlaces) this.known = new Places({ graph: this.graph, part: this.part })
    return this.known
  }

  /** What an option asks, in words that every variant has for it. */
  planned(option: Option<L, I, O, V>): Planned<I> {
    const move = option.moves[0]![1]
    const { input } = this.graph.play(move)
    return { text: option.text, step: { rule: move.rule, choice: this.part.choice(move.labels) }, input }
  }

  /** The set of states that a plan expects behind this. */
  towards(option: Option<L, I, O, V>): Place<L, I, O, V> {
    return this.known.reached(option.moves.slice(0, 1))
  }

  /** Where the first move leads; nowhere where a life ends or begins with it. */
  private expected(places: Places<L, I, O, V>, option: Option<L, I, O, V>): Place<L, I, O, V> | undefined {
    const { begins, ends } = this.graph.play(option.moves[0]![1])
    return begins || ends ? undefined : places.reached(option.moves.slice(0, 1))
  }

  /** A rule by its weight, or the next that is possible; a rare one only where it was drawn itself, or nothing else is possible. */
  drawn(place: Place<L, I, O, V>, draw: Chance): Option<L, I, O, V> | undefined {
    const options = byRule(place)
    const { rules } = this.graph
    const weights = rules.map((rule) => this.part.weights[rule] ?? usualWeight)
    let first = 0
    for (let left = draw(weights.reduce((sum, weight) => sum + weight, 0)); left >= weights[first]!; first++)
      left -= weights[first]!
    const inTurn = [...rules.slice(first), ...rules.slice(0, first)].filter((rule) => options.has(rule))
    const usual = inTurn.find((rule) => rule === rules[first] || (this.part.weights[rule] ?? usualWeight) > rare)
    const chosen = options.get(usual ?? inTurn[0] ?? "")
    return chosen?.[draw(chosen.length)]
  }
}

const byRule = <L, I, O, V>(place: Place<L, I, O, V>): ReadonlyMap<string, ReadonlyArray<Option<L, I, O, V>>> => {
  const rules = new Map<string, Array<Option<L, I, O, V>>>()
  for (const option of place.options) {
    if (!isSure(place, option)) continue
    const { rule } = option.moves[0]![1]
    const known = rules.get(rule)
    if (known === undefined) rules.set(rule, [option])
    else known.push(option)
  }
  return rules
}
