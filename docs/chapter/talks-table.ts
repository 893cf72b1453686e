/** The conversations of a protocol, each with the reason why it is kept. */
import { scenario, scenarioNames } from "../../conformance/talk/scenarios.ts"
import { table } from "./exploring.ts"

/** One row a conversation, with the first paragraph above it. */
export const talksTable = (protocol: Parameters<typeof scenarioNames>[0]): string =>
  table(
    ["conversation", "why it is kept"],
    scenarioNames(protocol).map((name) => [
      `[${name}](scenarios/${name}.talk)`,
      firstParagraph(scenario(protocol, name).why)
    ])
  )

const firstParagraph = (why: ReadonlyArray<string>): string => {
  const end = why.indexOf("")
  return why.slice(0, end < 0 ? why.length : end).join(" ")
}
