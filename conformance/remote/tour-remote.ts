/**
 * The complete test over a line: every input in every state of a bounded role, in whole sequences.
 *
 * A sequence is planned as if the implementation always did the first thing that the model allows. Where it does another,
 * the map learns of it, and what was planned behind it stays to be tried.
 */
import type { Divergence } from "../kit/divergence.ts"
import type { Shown } from "../kit/minimize.ts"
import type { Step } from "../kit/part.ts"
import { parted } from "../kit/parted.ts"
import { type Option, type Place, Places } from "../kit/possible.ts"
import type { PartGraph } from "../kit/stage.ts"
import { type Stop, TourMap } from "../kit/tour-map.ts"
import type { RemoteRole } from "./remote-role.ts"
import type { TraceRunner } from "./trace-runner.ts"
import type { Transcript } from "./transcript.ts"

export interface RemoteTourOptions {
  /** The longest sequence. 400 unless told. */
  readonly maxSteps?: number
  /** The tour is given up, incomplete, after so many inputs. Two million unless told. */
  readonly maxInputs?: number
  readonly interrupted?: () => boolean
  readonly onProgress?: (transitions: number, inputs: number) => void
}

/** What came of a tour, as plain data. */
export interface RemoteTour<L, O> {
  /** Sets of possible states that the implementation was found in. */
  readonly places: number
  /** Inputs tried in them, each at least once. */
  readonly transitions: number
  /** What is known and was not tried. */
  readonly untried: number
  /** Why they were not, where some were not. */
  readonly remains?: string
  readonly traces: number
  readonly inputs: number
  readonly complete: boolean
  /** Whether some input was never answered, so that a difference may have been missed. */
  readonly doubtful: boolean
  readonly divergence?: Divergence<L, O>
  /** What was asked until then, in the words of the model. */
  readonly steps?: ReadonlyArray<Step>
}

/** So many traces in a row may find nothing new: whoever decides by chance what nobody can see may never do what is planned. */
const mostFruitless = 100

/** An input that was left open so often in a place is not tried there again. */
const mostDoubts = 3

/** Tours a bounded role. It ends at the first difference. Rejects with `AdapterTrouble`. */
export const tourRemote = async <L, I, O, V>(
  role: RemoteRole<L, I, O, V>,
  graph: PartGraph<L, I, O, V>,
  runner: Pick<TraceRunner<L, I, O, V>, "run">,
  name: string,
  { maxSteps = 400, maxInputs = 2_000_000, interrupted = () => false, onProgress }: RemoteTourOptions = {}
): Promise<RemoteTour<L, O>> => {
  const guide = new Guide(role, graph, name)
  const { map } = guide
  let traces = 0
  let inputs = 0
  let doubtful = false
  let fruitless = 0
  let divergence: Shown<Divergence<L, O>> | undefined
  while (map.untried > 0 && inputs < maxInputs && divergence === undefined && !interrupted()) {
    const planned = guide.plan(maxSteps)
    if (planned.length === 0 || fruitless > mostFruitless) break
    const before = map.transitions
    const transcript = await runner.run(guide.inputs(planned))
    traces++
    inputs += transcript.reactions.length
    doubtful ||= transcript.reactions.some(({ doubt }) => doubt !== undefined)
    divergence = guide.took(planned, transcript)
    if (transcript.fault !== undefined && divergence === undefined && guide.wentAsPlanned) throw transcript.fault
    fruitless = map.transitions > before ? 0 : fruitless + 1
    onProgress?.(map.transitions, inputs)
  }
  const remains =
    divergence !== undefined
      ? "nobody knows where an implementation stands behind a difference"
      : interrupted()
        ? "the tour was stopped"
        : inputs >= maxInputs
          ? `the tour was given up after ${inputs} inputs`
          : "the implementation never came to where they are, or did not answer there"
  return {
    places: map.size,
    transitions: map.transitions,
    untried: map.untried,
    ...(map.untried === 0 ? {} : { remains }),
    traces,
    inputs,
    complete: map.untried === 0,
    doubtful,
    ...(divergence === undefined ? {} : { divergence: divergence.shows, steps: divergence.steps })
  }
}

/** An option, and the set of states in which it is to be taken. */
interface PlannedOption<L, I, O, V> {
  readonly place: Place<L, I, O, V>
  readonly option: Option<L, I, O, V>
}

type Options<L, I, O, V> = Array<Option<L, I, O, V>>

class Guide<L, I, O, V> {
  readonly map: TourMap<L, I, O, V>
  private readonly places: Places<L, I, O, V>
  private readonly part: RemoteRole<L, I, O, V>["part"]
  private readonly graph: PartGraph<L, I, O, V>
  private readonly name: string
  private readonly doubts = new Map<Option<L, I, O, V>, number>()
  /** Whether the last trace was where it was planned to be to its end, so that everything made sense that was asked. */
  wentAsPlanned = true

  constructor({ part }: RemoteRole<L, I, O, V>, graph: PartGraph<L, I, O, V>, name: string) {
    this.part = part
    this.graph = graph
    this.name = name
    this.places = new Places({ graph, part })
    this.map = new TourMap(this.places.start)
  }

  inputs(planned: ReadonlyArray<PlannedOption<L, I, O, V>>): ReadonlyArray<I> {
    return planned.map(({ option }) => {
      const { input } = this.graph.play(option.moves[0]![1])
      if (input === undefined) throw new TypeError(`a tour needs a role that is asked in each step, not ${option.text}`)
      return input
    })
  }

  /** A way from the start through as much as possible of what was not tried. What is planned is taken off the map's lists. */
  plan(maxSteps: number): ReadonlyArray<PlannedOption<L, I, O, V>> {
    const planned: Array<PlannedOption<L, I, O, V>> = []
    /** Places that nobody has been at, with what is left to be tried there. */
    const ahead = new Map<Place<L, I, O, V>, Options<L, I, O, V>>()
    let fresh = 0
    for (
      let place: Place<L, I, O, V> | undefined = this.places.start;
      place !== undefined && planned.length < maxSteps;
    ) {
      const stop: Stop<L, I, O, V> | undefined = this.map.at(place)
      const option: Option<L, I, O, V> | undefined = (stop?.untried ?? aheadAt(ahead, place)).pop()
      if (option !== undefined) {
        planned.push({ place, option })
        fresh = planned.length
        place = this.expected(option)
        continue
      }
      const way = stop === undefined ? [] : this.map.wayToUntried(stop)
      // What lies behind a death is nearer from the start.
      if (way.some(({ option }) => this.ends(option))) break
      for (const arrow of way) planned.push({ place: arrow.from.place, option: arrow.option })
      place = way.at(-1)?.to.place
    }
    return planned.slice(0, fresh)
  }

  /** Notes on the map what was really taken. */
  took(
    planned: ReadonlyArray<PlannedOption<L, I, O, V>>,
    { reactions }: Transcript<I, O, V>
  ): Shown<Divergence<L, O>> | undefined {
    let at: Stop<L, I, O, V> | undefined = this.map.first
    let divergence: Shown<Divergence<L, O>> | undefined
    this.wentAsPlanned = true
    for (const [step, { place, option }] of planned.entries()) {
      const seen = reactions[step]
      // The input behind the last answer was asked as well, where the adapter could make nothing of it.
      if (at !== undefined && at.place !== place && step <= reactions.length) this.wentAsPlanned = false
      if (at?.place === place && seen?.doubt !== undefined && this.isHopeless(option)) {
        forget(at, option)
        at = undefined
        continue
      }
      if (at?.place !== place || seen === undefined || seen.doubt !== undefined || divergence !== undefined) {
        this.putBack(place, option)
        at = undefined
        continue
      }
      const next = this.places.after(option, seen)
      if (next === undefined) {
        // What was really asked: a shorter way to the same place is one that nobody has taken, and may end otherwise.
        const way = planned.slice(0, step).map(({ option }) => option.moves[0]![1])
        divergence = {
          steps: [...way, option.moves[0]![1]].map(({ rule, labels }) => ({ rule, choice: this.part.choice(labels) })),
          shows: parted({ implementation: this.name, graph: this.graph, part: this.part, way }, option, seen)
        }
      } else at = this.arrived(at, option, next)
    }
    return divergence
  }

  private arrived(from: Stop<L, I, O, V>, option: Option<L, I, O, V>, place: Place<L, I, O, V>): Stop<L, I, O, V> {
    forget(from, option)
    const to = this.map.arrived(from, option, place)
    // A new life begins by itself behind a death, so there is nobody to be asked for it.
    const begins = place.options.find(({ moves }) => this.graph.play(moves[0]![1]).begins)
    return begins === undefined || to.tried.has(begins)
      ? to
      : this.arrived(to, begins, this.places.reached(begins.moves))
  }

  private putBack(place: Place<L, I, O, V>, option: Option<L, I, O, V>): void {
    const stop = this.map.at(place)
    const isOpen = stop !== undefined && !stop.tried.has(option) && !stop.untried.includes(option)
    if (isOpen && (this.doubts.get(option) ?? 0) < mostDoubts) stop.untried.push(option)
  }

  /** Counts how often an input was left open in its place. Options are of one place each. */
  private isHopeless(option: Option<L, I, O, V>): boolean {
    const doubts = (this.doubts.get(option) ?? 0) + 1
    this.doubts.set(option, doubts)
    return doubts >= mostDoubts
  }

  /** Where the first move leads; nowhere where a life ends with it. */
  private expected(option: Option<L, I, O, V>): Place<L, I, O, V> | undefined {
    return this.ends(option) ? undefined : this.places.reached(option.moves.slice(0, 1))
  }

  private ends({ moves }: Option<L, I, O, V>): boolean {
    return this.graph.play(moves[0]![1]).ends
  }
}

/** It stays on the map as not taken, and is not planned any more. */
const forget = <L, I, O, V>({ untried }: Stop<L, I, O, V>, option: Option<L, I, O, V>): void => {
  const at = untried.lastIndexOf(option)
  if (at >= 0) untried.splice(at, 1)
}

const aheadAt = <L, I, O, V>(
  ahead: Map<Place<L, I, O, V>, Options<L, I, O, V>>,
  place: Place<L, I, O, V>
): Options<L, I, O, V> => {
  const known = ahead.get(place)
  if (known !== undefined) return known
  const all = [...place.options].reverse()
  ahead.set(place, all)
  return all
}
