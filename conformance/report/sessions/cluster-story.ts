/** A cluster's story line by line. */
import type { StoryStep } from "../../../model/explorer/errors.ts"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { after, blank, type Known } from "./chronicle.ts"
import { sentence } from "./cluster-words.ts"
import { type Line, linesOf } from "./line.ts"
import { isRoutine, overviewOf, summaryOf } from "./routine.ts"
import { place, unique } from "./words.ts"

export type ClusterStory = ReadonlyArray<StoryStep<ClusterLabel>>

/** What may not share a line: steps by their index, 0 for the first, and where no line may reach over. */
export interface Apart {
  readonly essential?: ReadonlyArray<number> | undefined
  readonly cut?: number | undefined
}

/** The story in lines, each label with what was known before it. */
export const clusterLines = (story: ClusterStory, { essential = [], cut }: Apart): ReadonlyArray<Line<Known>> => {
  const overview = overviewOf(story.flatMap(({ labels }) => labels))
  const sentences = known(story).map((step, index) => ({
    step,
    text: told(step.labels),
    routine: !essential.includes(index) && step.labels.every(isRoutine)
  }))
  return linesOf(sentences, (labels) => summaryOf(labels, overview), cut)
}

const known = (story: ClusterStory): ReadonlyArray<StoryStep<Known>> => {
  let now = blank
  return story.map((step) => ({
    ...step,
    labels: step.labels.map((label) => {
      const before = now
      now = after(before, label)
      return { label, before }
    })
  }))
}

/** The labels of one step as a sentence. Work that leaves several shards at once leaves in one phrase. */
const told = (labels: ReadonlyArray<Known>): string => {
  const phrases = labels.map(({ label, before }) =>
    label._tag === "Left"
      ? `${label.work} leaves ${label.session} on ${placesLeft(labels, label)}`
      : sentence(label, before)
  )
  return unique(phrases).join("; ")
}

const placesLeft = (
  labels: ReadonlyArray<Known>,
  { work, session }: Extract<ClusterLabel, { _tag: "Left" }>
): string => {
  const leaving = labels.flatMap(({ label }) => (label._tag === "Left" ? [label] : []))
  return unique(leaving.filter((one) => one.work === work && one.session === session).map(place)).join(" and ")
}
