/** Stepping a system by hand: what is enabled, take one of them, see which laws break. */
import type { Cell } from "../kernel/cell.ts"
import type { Firing, Rule, System } from "../kernel/system.ts"
import { cellOf } from "./checked.ts"
import { blaming, Fault, ModelError, type StoryStep } from "./errors.ts"
import { type Broken, Plain, type PlainState } from "./plain.ts"

/** One thing that may happen next. */
export interface Enabled<L> {
  readonly rule: string
  readonly actor: string
  readonly firing: Firing<L>
}

/** What a step looked like from outside, the laws that it broke and the `sometimes` laws that it witnessed. */
export interface Taken<L> {
  readonly labels: ReadonlyArray<L>
  readonly broken: ReadonlyArray<Broken>
  readonly witnessed: ReadonlyArray<string>
}

/** A story from its end, so that snapshots share what they have in common. */
interface Told<L> {
  readonly step: StoryStep<L>
  readonly before: Told<L> | undefined
}

/** A state to come back to, with the way to it. It stays valid whatever the simulation does afterwards. */
export interface Snapshot<L> extends PlainState {
  readonly told: Told<L> | undefined
}

/** What a rule answered, and the cell values that it was asked about: it is asked again only when one of them changed. */
interface Answer<L> {
  readonly about: ReadonlyArray<unknown>
  readonly enabled: ReadonlyArray<Enabled<L>>
}

/** A concrete run of a system. */
export class Simulation<L> {
  private readonly plain: Plain<L>
  private readonly answers: Array<Answer<L> | undefined>
  private now: Snapshot<L>
  private listed: ReadonlyArray<Enabled<L>> | undefined

  constructor(plain: Plain<L>) {
    this.plain = plain
    this.answers = plain.system.rules.map(() => undefined)
    this.now = { ...plain.initial(), told: undefined }
  }

  /** All that may happen next: rules in the system's order, firings in the rule's order. */
  enabled(): ReadonlyArray<Enabled<L>> {
    this.listed ??= this.guarded(() => this.plain.system.rules.flatMap((rule, index) => this.ask(rule, index)))
    return this.listed
  }

  /** Takes the enabled firing at `index`. */
  take(index: number): Taken<L> {
    const chosen = this.enabled()[index]
    if (chosen === undefined)
      throw new RangeError(`nothing enabled has index ${index}: there are ${this.enabled().length}`)
    const { rule, actor, firing } = chosen
    const { state, broken, witnessed } = this.guarded(() => this.plain.step(this.now, firing), rule)
    this.restore({ ...state, told: { step: { rule, actor, labels: firing.labels }, before: this.now.told } })
    return { labels: firing.labels, broken, witnessed }
  }

  /** The value of one of the system's cells. */
  cellValue<A>(cell: Cell<A, never>): A {
    return this.now.cells[this.plain.position(cell as Cell<unknown, unknown>)] as A
  }

  /** What one of the system's observables shows. */
  observe(name: string): unknown {
    const { observables, name: system } = this.plain.system
    const read = Object.hasOwn(observables, name) ? observables[name] : undefined
    if (read === undefined) throw new TypeError(`system ${system} has no observable ${name}`)
    return this.guarded(() => this.plain.valueOf(read, this.now))
  }

  /** The `always` laws that the present state breaks. */
  broken(): ReadonlyArray<Broken> {
    return this.guarded(() => this.plain.brokenAt(this.now))
  }

  /** Who waits for what, by the `leadsTo` laws. */
  pending(): ReadonlyArray<Broken> {
    return this.guarded(() => this.plain.pendingAt(this.now))
  }

  /** The steps taken so far. */
  story(): ReadonlyArray<StoryStep<L>> {
    const steps: Array<StoryStep<L>> = []
    for (let told = this.now.told; told !== undefined; told = told.before) steps.push(told.step)
    return steps.reverse()
  }

  /** The present state as text, equal exactly when all cells and memories are. */
  identity(): string {
    return JSON.stringify([this.now.cells, this.now.memories])
  }

  snapshot(): Snapshot<L> {
    return this.now
  }

  /** Goes back, or wherever another run of the same system was. */
  restore(snapshot: Snapshot<L>): void {
    this.now = snapshot
    this.listed = undefined
  }

  /** Another run that continues from the present state. */
  clone(): Simulation<L> {
    const copy = new Simulation(this.plain)
    copy.restore(this.now)
    return copy
  }

  private ask(rule: Rule<L>, index: number): ReadonlyArray<Enabled<L>> {
    const about = rule.reads.map((read) => this.now.cells[this.plain.position(cellOf(read))])
    const last = this.answers[index]
    if (last?.about.every((value, k) => value === about[k])) return last.enabled
    const values = rule.reads.map((read) => this.plain.valueOf(read, this.now))
    const firings = blaming(
      () => `rule ${rule.name}`,
      () => rule.fire(...values)
    )
    const enabled = firings.map((firing) => ({ rule: rule.name, actor: rule.actor, firing }))
    this.answers[index] = { about, enabled }
    return enabled
  }

  private guarded<A>(run: () => A, during?: string): A {
    try {
      return run()
    } catch (thrown) {
      throw thrown instanceof Fault ? new ModelError(thrown, this.story(), during) : thrown
    }
  }
}

/** A run of `system`, standing in its initial state. */
export const simulate = <L>(system: System<L>): Simulation<L> => new Simulation(new Plain(system))
