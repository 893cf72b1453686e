/** Reading a run that somebody kept. The file may be anything, so whatever is wrong with it is told by its line. */
import { Result, Schema } from "effect"
import { formatVersion, type LineOf, RunLine } from "./lines.ts"
import { type Body, countsOf, type Run, sorted } from "./run.ts"

/** A text that is no run, or not one that this kit can read. The message is one line and tells where. */
export class RunError extends Error {
  override readonly name = "RunError"
}

const decode = Schema.decodeUnknownResult(RunLine)

/** The run in a text. Throws `RunError`. */
export const readRun = (text: string): Run => {
  const lines = text.split("\n")
  if (text === "") throw new RunError("line 1: the file is empty, but a run begins with a header")
  const header = headerIn(lines[0]!, lines.length === 1)
  if (lines.pop() !== "") throw cut(lines.length + 1, "the last line does not end in a line break")
  const [last, ...others] = lines.map((line, index) => (index === 0 ? header : lineIn(line, index + 1))).toReversed()
  if (last?._tag !== "End") throw cut(lines.length, "the last line is no End")
  const body = others.toReversed().slice(1)
  const run = sorted(header, bodyIn(body))
  checkCounts(run, last, lines.length)
  checkNumbers(run)
  return { ...run, end: last }
}

const cut = (line: number, what: string): RunError => new RunError(`line ${line}: the file was cut: ${what}`)

const headerIn = (text: string, alone: boolean): LineOf<"Header"> => {
  const value = parsed(text, 1)
  if (!isObject(value) || value.format !== "portcullis-run")
    throw new RunError('line 1: this is no run: its header has "format":"portcullis-run"')
  if (value.version !== formatVersion)
    throw new RunError(
      `line 1: this run has version ${JSON.stringify(value.version)?.slice(0, 20)}, but this kit reads version ${formatVersion}`
    )
  const line = decoded(value, 1)
  if (line._tag !== "Header") throw new RunError("line 1: a run begins with a header")
  if (alone) throw cut(1, "there is nothing behind its header")
  return line
}

const lineIn = (text: string, number: number): RunLine => decoded(parsed(text, number), number)

const parsed = (text: string, number: number): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new RunError(`line ${number}: this is not JSON: ${oneLine(error)}`)
  }
}

const decoded = (value: unknown, number: number): RunLine => {
  const line = decode(value)
  if (Result.isSuccess(line)) return line.success
  throw new RunError(`line ${number}: this is no line of a run: ${oneLine(line.failure)}`)
}

/** Messages quote what is wrong, which may be long. */
const oneLine = (error: unknown): string => {
  const text = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ")
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null

const bodyIn = (lines: ReadonlyArray<RunLine>): Body =>
  lines.map((line, index) => {
    if (line._tag === "Header" || line._tag === "End")
      throw new RunError(`line ${index + 2}: there is a second ${line._tag} in the middle of the run`)
    return line
  })

const checkCounts = (run: Omit<Run, "end">, end: LineOf<"End">, number: number): void => {
  for (const [kind, count] of Object.entries(countsOf(run))) {
    const told = Object.entries(end).find(([name]) => name === kind)?.[1]
    if (told !== count) throw new RunError(`line ${number}: the end tells of ${told} ${kind}, but there are ${count}`)
  }
}

/** What refers to something refers to what there is. */
const checkNumbers = ({ roles, laws, divergences, counterexamples }: Omit<Run, "end">): void => {
  const known = new Set(roles.map(({ number }) => number))
  for (const { at, of } of [...laws, ...divergences])
    if (!known.has(of)) throw new RunError(`line ${at}: there is no role with the number ${of}`)
  for (const { at, drawn } of [...divergences, ...counterexamples]) {
    const lanes = new Set(drawn.lanes.map(({ id }) => id))
    const used = drawn.events.flatMap((event) =>
      event._tag === "Message" ? [event.from, event.to] : event._tag === "Note" ? event.lanes : [event.lane]
    )
    if (drawn.events.some((event) => event._tag === "Note" && event.lanes.length === 0))
      throw new RunError(`line ${at}: its diagram has a note beside no lane`)
    if (used.some((lane) => !lanes.has(lane)))
      throw new RunError(`line ${at}: its diagram has an event on a lane that it does not have`)
  }
}
