/** Steps that choose what happens next: everything in order, or something out of order, lost or twice. */
import type { ClusterRun } from "./cluster-run.ts"
import type { Event, Fate } from "./cluster-under-test.ts"
import { type Kind, kind } from "./kind.ts"

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
const happening = (rule: string, weight: number, among: (run: ClusterRun) => ReadonlyArray<Event>, fate?: Fate): Kind =>
  kind(
    rule,
    weight,
    (run) => named(among(run)),
    (run, choice) => run.happen(find(among(run), choice), fate)
  )

const steps = [4, 8, 16, 32]

export const eventKinds: ReadonlyArray<Kind> = [
  kind(
    "everything goes on",
    60,
    (run) => (run.ready.length === 0 ? [] : steps),
    (run, turns) => run.work(turns)
  ),
  happening("happens out of order", 20, (run) => run.ready.slice(1)),
  kind(
    "is held back",
    8,
    (run) => named(run.ready),
    async (run, choice) => void run.held.add(find(run.ready, choice).id)
  ),
  happening("happens at last", 4, (run) => run.aside),
  happening("is lost", 2, (run) => run.ready.filter(isMessage), "lose"),
  happening("comes twice", 3, (run) => run.ready.filter(isRequest), "duplicate"),
  happening(
    "arrives although its connection may be broken",
    2,
    (run) => run.cluster.waiting.filter(isRequest),
    "deliver"
  )
]
