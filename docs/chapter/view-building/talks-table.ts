/** The conversations with clusters of the twin, each with the reason why it is kept. */
import { scenario, scenarioNames } from "../../../conformance/talk/scenarios.ts"
import { table } from "../exploring.ts"

/** One row a conversation, with the first paragraph above it. */
export const talksTable = (): string =>
  table(
    ["conversation", "why it is kept"],
    scenarioNames("view-building").map((name) => [
      `[${name}](scenarios/${name}.talk)`,
      firstParagraph(scenario("view-building", name).why)
    ])
  )

const firstParagraph = (why: ReadonlyArray<string>): string => {
  const end = why.indexOf("")
  return why.slice(0, end < 0 ? why.length : end).join(" ")
}
