/** Playing a conversation of DCP: which variants it is about, and what is heard on a stage. */
import { type Variant, variants, varied } from "../../model/dcp/variants.ts"
import { UnknownOverride } from "../../model/kernel/scope.ts"
import { type DcpCommand, parseCommand } from "./dcp-command-text.ts"
import { WordError } from "./dcp-packet-text.ts"
import { type DcpStage, describeHeard } from "./dcp-stage.ts"
import { type Conversation, TalkError, type TalkLine } from "./talk-file.ts"

/** A design that a conversation is about. */
export interface NamedVariant {
  /** As the file has it, such as `asShipped matchRule=vbucket`. */
  readonly name: string
  readonly variant: Variant
}

/** The variants that a conversation names; the reference if it names none. */
export const variantsOf = ({ file, directives }: Conversation): ReadonlyArray<NamedVariant> =>
  directives.length === 0
    ? [{ name: "reference", variant: variants.reference }]
    : directives.map((line) => inPlace(file, line, namedVariant))

const namedVariant = (text: string): NamedVariant => {
  const [, base = "", ...words] = text.split(/ +/)
  const changes = words.map((word): [string, string] => {
    const [name = "", value] = word.split(/=(.*)/s)
    if (value === undefined) throw new WordError(`a parameter of a variant is name=value, not "${word}"`)
    return [name, value]
  })
  const variant = varied(variants.reference, { base, ...Object.fromEntries(changes) })
  return { name: [base, ...words].join(" "), variant }
}

/** The commands of a conversation, exchange by exchange. Throws `TalkError` where a line means nothing. */
export const commandsOf = ({ file, exchanges }: Conversation): ReadonlyArray<ReadonlyArray<DcpCommand>> => {
  const calls = new Set<string>()
  const once = (command: DcpCommand): DcpCommand => {
    if (command._tag === "Call" && calls.has(command.call))
      throw new WordError(`${command.call} was the name of an earlier call`)
    if (command._tag === "Call") calls.add(command.call)
    return command
  }
  return exchanges.map(({ commands }) =>
    commands.map((line) => inPlace(file, line, (text) => once(parseCommand(text))))
  )
}

const inPlace = <A>(file: string, { number, text }: TalkLine, read: (text: string) => A): A => {
  try {
    return read(text)
  } catch (thrown) {
    if (thrown instanceof WordError || thrown instanceof UnknownOverride)
      throw new TalkError(file, number, thrown.message)
    throw thrown
  }
}

/** What stands where nothing is heard, so that silence is seen to be meant. */
export const silence = "(nothing)"

/** Plays a conversation on fresh stages and tells what is heard in each exchange. */
export const play = async (
  conversation: Conversation,
  start: () => DcpStage | Promise<DcpStage>
): Promise<ReadonlyArray<ReadonlyArray<string>>> => {
  const plan = commandsOf(conversation)
  const stage = await start()
  try {
    const player = new Player(stage)
    const heard: Array<ReadonlyArray<string>> = []
    for (const commands of plan) {
      const lines: Array<string> = []
      for (const command of commands) lines.push(...(await player.say(command)))
      heard.push(lines.length === 0 ? [silence] : lines)
    }
    return heard
  } finally {
    await stage.stop()
  }
}

/** Knows who waits. Callers are not the pair's: they learn of a death by the exit of their call. */
class Player {
  readonly #stage: DcpStage
  #waiting: Array<string> = []
  #dead = false

  constructor(stage: DcpStage) {
    this.#stage = stage
  }

  async say(command: DcpCommand): Promise<ReadonlyArray<string>> {
    if (command._tag === "WhoWaits")
      return this.#waiting.length === 0 ? ["nobody waits"] : this.#waiting.map((call) => `${call} waits`)
    if (command._tag === "Reconnect") this.#dead = false
    if (command._tag === "Call") this.#waiting.push(command.call)
    const heard = await this.#stage.give(command)
    for (const event of heard) {
      if (event._tag !== "Output") continue
      const { output } = event
      if (output._tag === "Reply") this.#waiting = this.#waiting.filter((call) => call !== output.call)
      if (output._tag === "Crash") this.#dead = true
    }
    const exits = this.#dead ? this.#waiting.map((call) => `call ${call}: exits`) : []
    if (this.#dead) this.#waiting = []
    return [...heard.map(describeHeard), ...exits]
  }
}
