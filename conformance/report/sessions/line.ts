/** A story told line by line: what is worth a line gets one, and steps that say little share one. */
import type { StoryStep } from "../../../model/explorer/errors.ts"

/** One step, with what is to be said of it. */
export interface Sentence<L> {
  readonly step: StoryStep<L>
  /** Empty where nothing can be seen of the step. */
  readonly text: string
  /** Whether it may share a line with its neighbours. */
  readonly routine: boolean
}

/** Steps `first` to `last`, 1 for the first of the story. */
export interface Line<L> {
  readonly first: number
  readonly last: number
  readonly text: string
  /** The labels of a step that has the line to itself; none where several share it. */
  readonly labels: ReadonlyArray<L>
}

/** What is said of routine steps that share a line. */
export type Summary<L> = (labels: ReadonlyArray<L>) => string

/**
 * The sentences as lines: routine steps that follow each other share one, and what cannot be seen goes with what follows it.
 *
 * No line reaches over the step `cut`, 0 for the first, for a loop may begin there.
 */
export const linesOf = <L>(
  sentences: ReadonlyArray<Sentence<L>>,
  summary: Summary<L>,
  cut: number | undefined
): ReadonlyArray<Line<L>> => {
  const lines: Array<Line<L>> = []
  let waiting: Array<Sentence<L>> = []
  const share = (upTo: number): void => {
    if (waiting.length > 0) lines.push(shared(waiting, upTo, summary))
    waiting = []
  }
  for (const [index, sentence] of sentences.entries()) {
    if (index === cut) share(index)
    if (sentence.routine || sentence.text === "") {
      waiting.push(sentence)
      continue
    }
    if (waiting.some(isSeen)) share(index)
    lines.push({
      first: index + 1 - waiting.length,
      last: index + 1,
      text: sentence.text,
      labels: sentence.step.labels
    })
    waiting = []
  }
  share(sentences.length)
  return lines
}

const isSeen = ({ text }: Sentence<unknown>): boolean => text !== ""

/** One sentence that can be seen needs no summary; where none can, the names of the rules are all that there is to say. */
const shared = <L>(sentences: ReadonlyArray<Sentence<L>>, last: number, summary: Summary<L>): Line<L> => {
  const seen = sentences.filter(isSeen)
  const rules = [...new Set(sentences.map(({ step }) => step.rule))]
  const text = seen.length === 0 ? rules.join(", ") : summary(seen.flatMap(({ step }) => step.labels))
  return { first: last + 1 - sentences.length, last, text, labels: [] }
}
