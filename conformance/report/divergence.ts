/** What a person reads when an implementation under test did what it should not: expected, actual, and the story. */
import type { Diagram } from "./diagram.ts"
import { lawReference } from "./law-reference.ts"
import { headline, messageWidth, paragraph, pointers, steps } from "./message-layout.ts"
import { replayCommand } from "./replay-command.ts"
import { type Story, storyDiagram, tellStory } from "./story.ts"
import { sanitize } from "./terminal-text.ts"
import type { TextStyle } from "./text-diagram.ts"
import { wrap } from "./wrapped-text.ts"

/** A difference between an implementation and what is asked of it, as plain data. */
export interface Divergence {
  readonly implementation: string
  /** The role that it plays, such as `dcp/consumer-connection`. */
  readonly role: string
  /** `laws`: it broke a law. `follows`: it emitted what the model of its variant does not allow. */
  readonly relation: "laws" | "follows"
  /** The shortest story that shows it. */
  readonly story: Story
  /** What the model allows at the last step; any one of them would have been right. */
  readonly expected: ReadonlyArray<string>
  /** What came, in order. */
  readonly actual: ReadonlyArray<string>
  readonly law?: { readonly id: string; readonly sentence: string; readonly why?: string | undefined } | undefined
  /** The design that it was held against besides the laws, where it was found behind an adapter. */
  readonly variant?: string | undefined
  /** The token that replays the story. */
  readonly replay?: string | undefined
  /** The file that holds the picture. */
  readonly picture?: string | undefined
}

/** What is wrong, in one sentence. */
export const divergenceSentence = ({ implementation, role, relation, law }: Divergence): string =>
  relation === "laws"
    ? `${implementation} as ${role} breaks ${law === undefined ? "a law" : `${law.id}: ${law.sentence}`}`
    : `${implementation} as ${role} does what its model does not allow`

/** The divergence as a picture. */
export const divergenceDiagram = (found: Divergence): Diagram => storyDiagram(divergenceSentence(found), found.story)

/** The whole message in lines, without a line break at the end. */
export const renderDivergence = (found: Divergence, style: TextStyle = {}): string => {
  const told = tellStory(found.story, style)
  const { law } = found
  return [
    ...opening(found),
    `  shortest story: ${steps(told.shown)}`,
    "",
    told.text,
    ...(law?.why === undefined ? [] : paragraph(law.why)),
    "",
    ...choices(found.expected),
    ...listed("actual", found.actual),
    "",
    ...pointers([
      ["law", law === undefined ? undefined : lawReference(law.id)],
      ["replay", found.replay === undefined ? undefined : replayCommand(found.replay)],
      ["picture", found.picture]
    ])
  ].join("\n")
}

const opening = (found: Divergence): ReadonlyArray<string> =>
  found.relation === "laws" && found.law !== undefined
    ? headline(found.law.id, found.law.sentence, `${found.implementation}, ${found.role}`)
    : headline("diverges", divergenceSentence(found), "")

const choices = (expected: ReadonlyArray<string>): ReadonlyArray<string> =>
  expected.length > 1 ? ["  expected one of", ...expected.map(bullet)] : listed("expected", expected)

const listed = (name: string, texts: ReadonlyArray<string>): ReadonlyArray<string> =>
  texts.length === 0
    ? pointers([[name, "nothing"]])
    : texts.flatMap((text, index) => heading(index === 0 ? name : "", text))

/** A text beside its name; what does not fit goes on below. */
const heading = (name: string, text: string): ReadonlyArray<string> =>
  wrap(sanitize(text), messageWidth - margin).map(
    (line, index) => `  ${(index === 0 ? name : "").padEnd(margin - 2)}${line}`
  )

const margin = 11

const bullet = (text: string): string => `    - ${sanitize(text)}`
