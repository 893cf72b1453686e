/** A run as workflow commands of GitHub, which shows them beside the lines that they are about. */
import { sanitize } from "../terminal-text.ts"
import { coverageWords } from "./coverage-words.ts"
import type { LineOf } from "./lines.ts"
import { type At, isGreen, type Run } from "./run.ts"
import { storiesOf } from "./stories.ts"
import { safeLine } from "./terminal.ts"
import { casesInWords } from "./words.ts"

/**
 * One command for each case that somebody has to look at, one warning for each known failure, and a notice at the end.
 *
 * `file` is where the run is: the kit does not know the implementation's sources, and the line of its story is a place that is there.
 */
export const renderGithub = (run: Run, file: string): string =>
  [
    ...run.cases.flatMap((one) => {
      if (!isGreen(one.verdict)) return [annotation(run, "error", one, file)]
      return one.verdict === "known-failure" ? [annotation(run, "warning", one, file)] : []
    }),
    ...run.roles.flatMap((one) =>
      coverageWords(one).map((text) => `::notice title=${property(`${one.role}, ${one.way}`)}::${data(safeLine(text))}`)
    ),
    `::notice title=portcullis::${data(`${run.end.verdict}: ${casesInWords(run)}`)}`,
    ""
  ].join("\n")

const annotation = (run: Run, kind: "error" | "warning", one: At<LineOf<"Case">>, file: string): string => {
  const [story] = storiesOf(run, one.id)
  const place = [`file=${property(file)}`, `line=${story?.at ?? one.at}`, `title=${property(one.id)}`].join(",")
  const first = one.why === undefined ? one.verdict : `${one.verdict}: ${one.why}`
  const told = story === undefined ? [] : ["", ...story.text]
  return `::${kind} ${place}::${[...first.split("\n"), ...told].map((line) => data(safeLine(line))).join("%0A")}`
}

/** What stands behind the last two colons. A line break would begin a line of the adapter's own, which may be a command. */
const data = (text: string): string => text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A")

const property = (text: string): string => data(sanitize(text)).replace(/:/g, "%3A").replace(/,/g, "%2C")
