/**
 * Golden conversations as text: why, what is said to the pair, `----`, what is heard of it.
 *
 * ```
 * # Why this conversation is kept.
 *
 * variant beforeFix
 *
 * setup-streams caller=c1 vbuckets=[5]
 * ----
 * to kv-consumer: ADD_STREAM vb=5 opaque=5 flags=0
 * ```
 *
 * This file knows the layout only; what a command means is the protocol's business.
 */

/** A line of a conversation with its place, so that an error can say where. */
export interface TalkLine {
  readonly number: number
  readonly text: string
}

/** Some commands, and what is heard until nothing more happens by itself. */
export interface Exchange {
  /** Prose above the commands, without the `#`. */
  readonly prose: ReadonlyArray<string>
  readonly commands: ReadonlyArray<TalkLine>
  /** The line with the `----`. */
  readonly rule: number
  readonly heard: ReadonlyArray<string>
}

export interface Conversation {
  readonly file: string
  /** The paragraphs at the top, without the `#`. */
  readonly why: ReadonlyArray<string>
  readonly directives: ReadonlyArray<TalkLine>
  readonly exchanges: ReadonlyArray<Exchange>
}

/** A conversation that cannot be read, and where. */
export class TalkError extends Error {
  override readonly name = "TalkError"

  constructor(file: string, line: number, problem: string) {
    super(`${file}:${line}: ${problem}`)
  }
}

const ruler = "----"
const isDirective = ({ text }: TalkLine): boolean => /^variant( |$)/.test(text)
const isProse = ({ text }: TalkLine): boolean => text.startsWith("#")
const prose = ({ text }: TalkLine): string => text.replace(/^# ?/, "")

/** Reads a conversation. Throws `TalkError` for one that breaks the layout. */
export const parseTalk = (file: string, source: string): Conversation => {
  const paragraphs = paragraphsOf(source)
  const [first, ...others] = paragraphs
  if (first === undefined || !first.every(isProse))
    throw new TalkError(file, 1, "a conversation opens with a paragraph of # lines that says why it is kept")
  let why = first.map(prose)
  const directives: Array<TalkLine> = []
  const exchanges: Array<Exchange> = []
  let pending: ReadonlyArray<string> = []
  for (const paragraph of others) {
    const start = paragraph[0]!
    if (paragraph.every(isProse)) {
      if (exchanges.length === 0 && directives.length === 0) why = [...why, "", ...paragraph.map(prose)]
      else pending = [...pending, ...(pending.length > 0 ? [""] : []), ...paragraph.map(prose)]
    } else if (paragraph.every(isDirective)) {
      if (exchanges.length > 0) throw new TalkError(file, start.number, "variants are named before the first command")
      directives.push(...paragraph)
    } else {
      exchanges.push(exchangeOf(file, paragraph, pending))
      pending = []
    }
  }
  const last = paragraphs.at(-1)?.at(-1)?.number ?? 1
  if (exchanges.length === 0) throw new TalkError(file, last, "there is no command in it")
  if (pending.length > 0) throw new TalkError(file, last, "prose without a command below it")
  return { file, why, directives, exchanges }
}

const paragraphsOf = (source: string): ReadonlyArray<ReadonlyArray<TalkLine>> => {
  const paragraphs: Array<Array<TalkLine>> = []
  let open = false
  for (const [index, text] of source.split("\n").entries()) {
    if (text.trim() === "") open = false
    else {
      if (!open) paragraphs.push([])
      open = true
      paragraphs.at(-1)!.push({ number: index + 1, text: text.trimEnd() })
    }
  }
  return paragraphs
}

const exchangeOf = (file: string, paragraph: ReadonlyArray<TalkLine>, above: ReadonlyArray<string>): Exchange => {
  const start = paragraph[0]!
  const at = paragraph.findIndex(({ text }) => text === ruler)
  if (at < 0) throw new TalkError(file, start.number, `commands without a line "${ruler}" below them`)
  const said = paragraph.slice(0, at)
  const commands = said.filter((line) => !isProse(line))
  if (commands.length === 0) throw new TalkError(file, paragraph[at]!.number, `"${ruler}" without a command above it`)
  const stray = commands.find(isDirective)
  if (stray !== undefined)
    throw new TalkError(file, stray.number, "variants stand in a paragraph of their own, before the first command")
  const behind = said.slice(said.indexOf(commands[0]!)).find(isProse)
  if (behind !== undefined) throw new TalkError(file, behind.number, "prose stands above the commands")
  return {
    prose: [...above, ...said.filter(isProse).map(prose)],
    commands,
    rule: paragraph[at]!.number,
    heard: paragraph.slice(at + 1).map(({ text }) => text)
  }
}

/** The conversation as text, with other observations in the place of those it had. */
export const printTalk = (
  { why, directives, exchanges }: Conversation,
  heard: ReadonlyArray<ReadonlyArray<string>>
): string => {
  const paragraphs = [
    why.map(commented).join("\n").replaceAll("\n#\n", "\n\n"),
    ...(directives.length === 0 ? [] : [directives.map(({ text }) => text).join("\n")]),
    ...exchanges.map(({ prose, commands }, index) =>
      [...prose.map(commented), ...commands.map(({ text }) => text), ruler, ...(heard[index] ?? [])].join("\n")
    )
  ]
  return `${paragraphs.join("\n\n")}\n`
}

const commented = (line: string): string => (line === "" ? "#" : `# ${line}`)
