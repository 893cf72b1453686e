/**
 * A sequence diagram as a value: who takes part, and what happened between them, in order.
 *
 * It knows no protocol and no medium. A story becomes a diagram once, and text, picture and page are drawn from it.
 */

/** Someone who takes part, drawn as one vertical line. */
export interface Lane {
  readonly id: string
  readonly title: string
}

/** `solid`: sent and waited for or written. `dashed`: cast, nobody waits. `lost`: sent, and never arrives. */
export type MessageKind = "solid" | "dashed" | "lost"

/** Something went from one lane to another. */
export interface Message {
  readonly _tag: "Message"
  readonly from: string
  readonly to: string
  readonly text: string
  readonly kind: MessageKind
}

/** Something is worth saying about lanes; it is written beside the first of them. */
export interface Note {
  readonly _tag: "Note"
  readonly lanes: ReadonlyArray<string>
  readonly text: string
}

/** A lane ends here. It lives again from the first later event in which it sends or is noted. */
export interface Death {
  readonly _tag: "Death"
  readonly lane: string
  readonly text: string
}

/** What can be drawn in one row. */
export type Occurrence = Message | Note | Death

/** An occurrence in its place. Several events may share a step; its number is printed once. */
export type Event = Occurrence & { readonly step: number }

export interface Diagram {
  readonly title: string
  readonly lanes: ReadonlyArray<Lane>
  readonly events: ReadonlyArray<Event>
}

/** A message as an occurrence. */
export const message = (from: string, to: string, text: string, kind: MessageKind = "solid"): Message => ({
  _tag: "Message",
  from,
  to,
  text,
  kind
})

/** A note as an occurrence. */
export const note = (lanes: ReadonlyArray<string>, text: string): Note => ({ _tag: "Note", lanes, text })

/** A death as an occurrence. */
export const death = (lane: string, text: string): Death => ({ _tag: "Death", lane, text })

/** The diagram of steps in order. A step in which nothing can be seen takes no number. */
export const diagram = (
  title: string,
  lanes: ReadonlyArray<Lane>,
  steps: ReadonlyArray<ReadonlyArray<Occurrence>>
): Diagram => ({
  title,
  lanes,
  events: steps
    .filter((occurrences) => occurrences.length > 0)
    .flatMap((occurrences, index) => occurrences.map((occurrence) => ({ ...occurrence, step: index + 1 })))
})

/** The lanes that an occurrence is about. */
export const lanesOf = (occurrence: Occurrence): ReadonlyArray<string> => {
  switch (occurrence._tag) {
    case "Message":
      return [occurrence.from, occurrence.to]
    case "Note":
      return occurrence.lanes
    case "Death":
      return [occurrence.lane]
  }
}

/** How many numbers the diagram prints. */
export const stepsDrawn = (drawn: Diagram): number => new Set(drawn.events.map(({ step }) => step)).size

/** Where a lane is in the diagram, 0 for the first. An unknown lane is a mistake of ours. */
export const laneIndex = (drawn: Diagram, id: string): number => {
  const index = drawn.lanes.findIndex((lane) => lane.id === id)
  if (index < 0) throw new Error(`The diagram "${drawn.title}" has no lane "${id}".`)
  return index
}

/** For each event, which lanes are alive when it happens. A lane is still alive in the event that ends it. */
export const alive = (drawn: Diagram): ReadonlyArray<ReadonlyArray<boolean>> => {
  const dead = new Set<string>()
  return drawn.events.map((event) => {
    for (const lane of actors(event)) dead.delete(lane)
    const row = drawn.lanes.map(({ id }) => !dead.has(id))
    if (event._tag === "Death") dead.add(event.lane)
    return row
  })
}

const actors = (event: Event): ReadonlyArray<string> => {
  switch (event._tag) {
    case "Message":
      return [event.from]
    case "Note":
      return event.lanes
    case "Death":
      return [event.lane]
  }
}
