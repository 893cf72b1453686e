/** Steps that choose what happens next: everything in order, or something out of order, lost or twice. */
import type { Step } from "../part.ts"
import type { Event, Fate } from "./cluster-life.ts"
import { type KindOf, kindOf } from "./kind.ts"

/** What a run lets happen. */
interface EventfulRun {
  readonly ready: ReadonlyArray<Event>
  readonly aside: ReadonlyArray<Event>
  readonly held: Set<number>
  readonly cluster: { readonly waiting: ReadonlyArray<Event> }
  work(most: number): Promise<void>
  happen(event: Event, fate?: Fate): Promise<void>
}

/** An event by its name, and by how many of that name were announced before it. */
interface Named {
  readonly event: string
  readonly nth: number
}

const named = (events: ReadonlyArray<Event>): ReadonlyArray<Named> =>
  events.map(({ name }, at) => ({
    event: name,
    nth: events.slice(0, at).filter((other) => other.name === name).length
  }))

const find = (events: ReadonlyArray<Event>, { event, nth }: Named): Event =>
  events.filter(({ name }) => name === event)[nth]!

/** A kind that lets one of some events happen. */
const happening = <Run extends EventfulRun>(
  rule: string,
  weight: number,
  among: (run: Run) => ReadonlyArray<Event>,
  fate?: Fate
): KindOf<Run> =>
  kindOf(
    rule,
    weight,
    (run) => named(among(run)),
    (run, choice) => run.happen(find(among(run), choice), fate)
  )

const steps = [4, 8, 16, 32]

/** The kinds that choose in which order things happen, for runs of any protocol. */
export const orderOfEvents = <Run extends EventfulRun>(): ReadonlyArray<KindOf<Run>> => [
  kindOf(
    "everything goes on",
    60,
    (run: Run) => (run.ready.length === 0 ? [] : steps),
    (run, turns) => run.work(turns)
  ),
  happening("happens out of order", 20, (run: Run) => run.ready.slice(1)),
  kindOf(
    "is held back",
    8,
    (run: Run) => named(run.ready),
    async (run, choice) => void run.held.add(find(run.ready, choice).id)
  ),
  happening("happens at last", 4, (run: Run) => run.aside)
]

/** A message that waits to arrive is lost, with the connection that it was sent on. */
export const losing = <Run extends EventfulRun>(mayBeLost: (run: Run, event: Event) => boolean): KindOf<Run> =>
  happening("is lost", 2, (run: Run) => run.ready.filter((event) => isMessage(event) && mayBeLost(run, event)), "lose")

/** A request arrives twice. */
export const doubling = <Run extends EventfulRun>(): KindOf<Run> =>
  happening("comes twice", 3, (run: Run) => run.ready.filter(isRequest), "duplicate")

/** A request is there already where whoever has sent it believes that it was lost. */
export const outliving = <Run extends EventfulRun>(mayOutlive: (event: Event) => boolean): KindOf<Run> =>
  happening(
    "arrives although its connection may be broken",
    2,
    (run: Run) => run.cluster.waiting.filter((event) => isRequest(event) && mayOutlive(event)),
    "deliver"
  )

const isMessage = ({ name }: Event): boolean => name.startsWith("network:")
const isRequest = (event: Event): boolean => isMessage(event) && !event.name.includes("answer to")

/** Steps that ask for less than another, to be tried in its place when a story is shortened: fewer things go on at once. */
export const simplerSteps = ({ rule, choice }: Step): ReadonlyArray<Step> =>
  typeof choice === "number" && choice > 4 && rule === "everything goes on" ? [{ rule, choice: choice / 2 }] : []
