/** What a person reads when a law is violated: which law, the shortest story, why, and how to see it again. */
import { type DcpStory, dcpDiagram } from "./dcp-story.ts"
import { stepsDrawn } from "./diagram.ts"
import { lawReference } from "./law-reference.ts"
import { headline, paragraph, pointers, steps } from "./message-layout.ts"
import { renderText, type TextStyle } from "./text-diagram.ts"

/** A violated law with the story that violates it. */
export interface Counterexample {
  readonly law: { readonly id: string; readonly sentence: string }
  /** Scope and variant, such as `dcp, policy ignore, 2 vBuckets`. */
  readonly where: string
  /** The law's own words on what went wrong. */
  readonly why: string
  /** Steps of the story, also those that a diagram does not draw. */
  readonly length: number
  readonly story: DcpStory
  /** The token that replays the story. */
  readonly replay?: string | undefined
  /** The file that holds the picture. */
  readonly picture?: string | undefined
}

/** The whole message in lines, without a line break at the end. */
export const renderCounterexample = (found: Counterexample, style: TextStyle = {}): string => {
  const diagram = dcpDiagram(`${found.law.id} ${found.law.sentence}`, found.story)
  const drawn = stepsDrawn(diagram)
  const unseen = found.length > drawn ? `, ${drawn} of them drawn` : ""
  return [
    ...headline(found.law.id, found.law.sentence, found.where),
    `  shortest story: ${steps(found.length)}${unseen}`,
    "",
    renderText(diagram, style),
    ...paragraph(found.why),
    "",
    ...pointers([
      ["law", lawReference(found.law.id)],
      ["replay", found.replay === undefined ? undefined : `portcullis replay ${found.replay}`],
      ["picture", found.picture]
    ])
  ].join("\n")
}
