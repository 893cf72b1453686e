/** Steps that choose what happens next: everything in order, or something out of order, lost or twice. */
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

const isMessage = ({ name }: Event): boolean => name.startsWith("network:")
const isRequest = (event: Event): boolean => isMessage(event) && !event.name.includes("answer to")

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

/** The kinds that choose what happens next, for runs of any protocol. */
export const eventKindsOf = <Run extends EventfulRun>(): ReadonlyArray<KindOf<Run>> => [
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
  happening("happens at last", 4, (run: Run) => run.aside),
  happening("is lost", 2, (run: Run) => run.ready.filter(isMessage), "lose"),
  happening("comes twice", 3, (run: Run) => run.ready.filter(isRequest), "duplicate"),
  happening(
    "arrives although its connection may be broken",
    2,
    (run: Run) => run.cluster.waiting.filter(isRequest),
    "deliver"
  )
]
