/**
 * The complete test: every input in every state of a bounded role, taken against an implementation.
 *
 * The tour is walked on the fly. Where the model leaves freedom, the implementation's own choice decides where it stands
 * next, and every input is tried in every set of states that it can be found in.
 */
import type { Divergence } from "./divergence.ts"
import { inTime } from "./in-time.ts"
import { defaultTimeoutMs } from "./lockstep.ts"
import type { Part } from "./part.ts"
import { parted } from "./parted.ts"
import { type Option, Places } from "./possible.ts"
import type { Adapter, Reaction, Session } from "./role-under-test.ts"
import type { PartGraph } from "./stage.ts"
import { type Arrow, type Stop, TourMap } from "./tour-map.ts"

export interface TourOptions<L, I, O, V> {
  readonly graph: PartGraph<L, I, O, V>
  readonly part: Part<L, I, O, V>
  readonly adapter: Adapter<I, O, V>
  /** The tour is given up, incomplete, after so many inputs. A million unless told. */
  readonly maxInputs?: number
  readonly timeoutMs?: number
}

/** What came of a tour, as plain data. */
export interface Tour<L, O> {
  readonly implementation: string
  readonly role: string
  /** Sets of possible states that the implementation was found in. */
  readonly places: number
  /** Inputs tried in them, each at least once. */
  readonly transitions: number
  /** All inputs given, with those on the way to what was not tried yet. */
  readonly inputs: number
  /** Whether there is nothing left to try. */
  readonly complete: boolean
  /** The first difference, told by the shortest way that is known to lead there. */
  readonly divergence?: Divergence<L, O>
}

/** Tours a bounded role. It ends at the first difference, for nobody knows where an implementation stands after that. */
export const tour = async <L, I, O, V>(options: TourOptions<L, I, O, V>): Promise<Tour<L, O>> => {
  const { adapter, part, timeoutMs = defaultTimeoutMs } = options
  if (adapter.role !== part.role)
    throw new TypeError(`${adapter.name} plays ${adapter.role}, but the part is ${part.role}`)
  const walker = new Walker(options)
  const walking = walker.walk(options.maxInputs ?? 1_000_000)
  const divergence = await inTime(walking, () => walker.inputs, timeoutMs)
  return {
    implementation: adapter.name,
    role: part.role,
    places: walker.map.size,
    transitions: walker.map.transitions,
    inputs: walker.inputs,
    complete: walker.map.untried === 0,
    ...(divergence === undefined ? {} : { divergence })
  }
}

class Walker<L, I, O, V> {
  inputs = 0
  readonly map: TourMap<L, I, O, V>
  private readonly options: TourOptions<L, I, O, V>
  private readonly sets: Places<L, I, O, V>

  constructor(options: TourOptions<L, I, O, V>) {
    this.options = options
    this.sets = new Places(options)
    this.map = new TourMap(this.sets.start)
  }

  async walk(maxInputs: number): Promise<Divergence<L, O> | undefined> {
    const { map } = this
    const { adapter } = this.options
    let session: Session<I, O, V> | undefined = await adapter.start()
    let at = map.first
    let plan: ReadonlyArray<Arrow<L, I, O, V>> = []
    while (map.untried > 0 && this.inputs < maxInputs) {
      if (plan.length === 0 && at.untried.length === 0) plan = map.wayToUntried(at)
      const [planned, ...rest] = plan
      const option = planned?.option ?? at.untried.pop()
      if (option === undefined) {
        if (at === map.first) break
        await session?.stop()
        session = await adapter.start()
        at = map.first
        continue
      }
      const { begins, ends } = this.options.graph.play(option.moves[0]![1])
      if (begins || session === undefined) {
        session = await adapter.start()
        at = map.arrived(at, option, this.sets.reached(option.moves))
        plan = planned?.to === at ? rest : []
        continue
      }
      const seen = await this.give(session, option)
      const place = this.sets.after(option, seen)
      if (place === undefined) {
        await session.stop()
        return this.told(at, option, seen)
      }
      if (ends) {
        await session.stop()
        session = undefined
      }
      at = map.arrived(at, option, place)
      plan = planned?.to === at ? rest : []
    }
    await session?.stop()
    return undefined
  }

  private async give(session: Session<I, O, V>, option: Option<L, I, O, V>): Promise<Reaction<O, V>> {
    const { graph } = this.options
    const { input } = graph.play(option.moves[0]![1])
    if (input === undefined) throw new TypeError(`a tour needs a role that is asked in each step, not ${option.text}`)
    this.inputs++
    return await session.input(input)
  }

  /** The difference at one stop, with the shortest way from the start that is known. */
  private told(at: Stop<L, I, O, V>, option: Option<L, I, O, V>, seen: Reaction<O, V>): Divergence<L, O> {
    const { part, adapter, graph } = this.options
    const way = this.map.wayTo(at).map(({ option }) => option.moves[0]![1])
    return parted({ implementation: adapter.name, graph, part, way }, option, seen)
  }
}
