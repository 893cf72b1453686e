/** A cluster's story as a sequence diagram: what shares a line in the text is one note here, under the same number. */
import { type Diagram, type Event, lanesOf, note, type Occurrence } from "../diagram.ts"
import type { Known } from "./chronicle.ts"
import { clients, coordinator, draw, groupZero, isCoordinator, operator } from "./cluster-pencil.ts"
import { type Apart, type ClusterStory, clusterLines } from "./cluster-story.ts"
import type { Line } from "./line.ts"
import { unique } from "./words.ts"

export const clusterDiagram = (title: string, story: ClusterStory, apart: Apart): Diagram => {
  const events = clusterLines(story, apart).flatMap(
    (line): ReadonlyArray<Event> => drawn(line).map((occurrence) => ({ ...occurrence, step: line.last }))
  )
  const lanes = unique(events.flatMap(lanesOf)).toSorted(
    (one, other) => laneRank(one) - laneRank(other) || (one < other ? -1 : 1)
  )
  return { title, lanes: lanes.map((id) => ({ id, title: id })), events }
}

const drawn = ({ labels, text }: Line<Known>): ReadonlyArray<Occurrence> =>
  labels.length === 0
    ? [note([coordinator(1)], text)]
    : labels.filter((one) => !goesWithout(one, labels)).flatMap(({ label, before }) => draw(label, before))

/** Who has landed leaves: that needs no note of its own. */
const goesWithout = ({ label }: Known, labels: ReadonlyArray<Known>): boolean =>
  label._tag === "Left" && labels.some((other) => other.label._tag === "Landed" && other.label.work === label.work)

/** From those who decide to those who do, and clients at the other edge. */
export const laneRank = (lane: string): number => {
  if (lane === operator) return 0
  if (isCoordinator(lane)) return 1
  if (lane === groupZero) return 2
  return lane === clients ? 4 : 3
}
