/** What a person reads when a law is violated: which law, the shortest story, why, and how to see it again. */
import { lawReference } from "./law-reference.ts"
import { headline, paragraph, pointers, steps } from "./message-layout.ts"
import { type Story, type ToldStory, tellStory } from "./story.ts"
import type { TextStyle } from "./text-diagram.ts"

/** Nothing has to happen any more, or the steps from this one on, 0 for the first, happen again and again. */
export type Forever = { readonly _tag: "Stops" } | { readonly _tag: "Loops"; readonly from: number }

/** A violated law with the story that violates it. */
export interface Counterexample {
  readonly law: { readonly id: string; readonly sentence: string }
  /** Scope and variant, such as `dcp, policy ignore, 2 vBuckets`. */
  readonly where: string
  /** The law's own words on what went wrong. */
  readonly why: string
  /** Steps of the story, also those that a diagram does not draw. */
  readonly length: number
  readonly story: Story
  /** Steps, 0 for the first, that the law needs to be seen broken: however little they say, they are told one by one. */
  readonly essential?: ReadonlyArray<number> | undefined
  /** How a story goes on for ever in which something never happens. Absent where the last step breaks the law. */
  readonly forever?: Forever | undefined
  /** The token that replays the story. */
  readonly replay?: string | undefined
  /** The file that holds the picture. */
  readonly picture?: string | undefined
}

/** The whole message in lines, without a line break at the end. */
export const renderCounterexample = (found: Counterexample, style: TextStyle = {}): string => {
  const told = tellStory(found.story, style, apartIn(found))
  const unseen = told.remark === undefined ? "" : `, ${told.remark}`
  const loop = found.forever?._tag === "Loops" ? found.length - found.forever.from : 0
  const round = loop > 0 ? `, the last ${loop === 1 ? "one" : loop} of them again and again` : ""
  return [
    ...headline(found.law.id, found.law.sentence, found.where),
    `  shortest story: ${steps(found.length)}${round}${unseen}`,
    "",
    told.text,
    ...foreverAfter(found, told),
    ...paragraph(found.why),
    "",
    ...pointers([
      ["law", lawReference(found.law.id)],
      ["replay", found.replay === undefined ? undefined : `portcullis replay ${found.replay}`],
      ["picture", found.picture]
    ])
  ].join("\n")
}

/** What keeps its own line when the story is told or drawn. */
export const apartIn = ({ essential, forever }: Counterexample) => ({
  essential,
  cut: forever?._tag === "Loops" ? forever.from : undefined
})

/** What comes after the last step, in words: a diagram ends, such a run does not. */
const foreverAfter = ({ story, forever }: Counterexample, { shown }: ToldStory): ReadonlyArray<string> => {
  if (forever === undefined) return []
  if (forever._tag === "Stops") return paragraph("And then nothing that must happen can happen: the run stops here.")
  const first = tellStory(story.slice(0, forever.from), {}).shown + 1
  if (first < shown) return paragraph(`From here on, steps ${first} to ${shown} again and again.`)
  if (first === shown) return paragraph(`From here on, step ${shown} again and again.`)
  const unseen = [...new Set(story.slice(forever.from).map(({ actor, rule }) => `${actor}: ${rule}`))]
  return paragraph(`From here on, what is not drawn happens again and again: ${unseen.join(", ")}.`)
}
