/**
 * The other side of the kit protocol: implementations of ours, served as if they were somebody else's.
 *
 * With this the kit is tested against adapters that are right, and the museum can stand behind a pipe.
 */
import { Result, Schema } from "effect"
import { type Adapter, isDied, isStrange, type Reaction, type Session } from "../kit/role-under-test.ts"
import { type Capabilities, type FaultKind, hasFault } from "../protocol/capabilities.ts"
import type { ErrorCode } from "../protocol/error-table.ts"
import { Request, type Start } from "../protocol/requests.ts"
import { offered } from "../protocol/versions.ts"
import type { FarEnd } from "../transport/memory-link.ts"
import type { RemoteRole } from "./remote-role.ts"

/** An implementation that can be started in a role, with its words on the wire. */
export interface Served {
  readonly role: string
  readonly name: string
  readonly observes: ReadonlyArray<string>
  /** Whether its time passes by `advance` alone. */
  readonly advances?: true
  /** `config` is what whoever starts it says of its surroundings. */
  start(config: Start["config"]): Promise<Life>
}

/** One life of it: everything is as it stands in a frame. */
interface Life {
  input(input: unknown): Promise<ServedReaction>
  advance?(ms: number): Promise<ServedReaction>
  observe(): Readonly<Record<string, unknown>>
  stop(): void
}

interface ServedReaction {
  readonly outputs: ReadonlyArray<unknown>
  readonly dead: boolean
  readonly crash?: { readonly why: string | null }
}

/** An adapter of the kit behind the words of its role. */
export const served = <L, I, O, V>(role: RemoteRole<L, I, O, V>, adapter: Adapter<I, O, V>): Served => {
  const decode = Schema.decodeUnknownSync(role.input)
  const encode = Schema.encodeSync(role.output)
  const { shown } = role
  const encodeShown = shown && Schema.encodeSync(shown.value)
  const reactionOf = ({ outputs }: Reaction<O, V>): ServedReaction => {
    const own = outputs.flatMap((output) => (isDied(output) || isStrange(output) ? [] : [output]))
    const died = outputs.find(isDied)
    const strange = outputs.find(isStrange)
    if (strange !== undefined) throw new TypeError(`${strange.channel}: ${strange.what}`)
    return {
      outputs: own.map((output) => encode(output)),
      dead: outputs.some(role.isLast),
      ...(died === undefined ? {} : { crash: { why: died.why } })
    }
  }
  return {
    role: role.role,
    name: adapter.name,
    observes: shown === undefined ? [] : [shown.name],
    start: async () => {
      const session: Session<I, O, V> = await adapter.start()
      let observed: V | null | undefined
      return {
        input: async (input) => {
          const reaction = await session.input(decode(input))
          observed = reaction.observed
          return reactionOf(reaction)
        },
        observe: () =>
          shown === undefined || encodeShown === undefined || observed === undefined || observed === null
            ? {}
            : { [shown.name]: encodeShown(observed) },
        stop: () => void session.stop()
      }
    }
  }
}

const decodeRequest = Schema.decodeUnknownResult(Schema.fromJsonString(Request))

/** What an adapter that serves these can do. */
const everything = (implementations: ReadonlyArray<Served>): Capabilities => {
  const advances = implementations.some((one) => one.advances)
  return {
    ops: ["inputs", "observe", "sync", ...(advances ? ["advance"] : [])],
    ...(advances ? { clock: "virtual" } : {}),
    reset: "soft",
    observe: [...new Set(implementations.flatMap(({ observes }) => observes))],
    batch: true,
    seed: true
  }
}

/** Serves implementations over lines. Requests are taken one after another, in the order of their arrival. */
export const serve =
  (implementations: ReadonlyArray<Served>, caps = everything(implementations)): FarEnd =>
  (say) => {
    const server = new Server(implementations, caps)
    let before = Promise.resolve()
    return (line) => {
      before = before.then(async () => {
        const answer = await server.answer(line)
        if (answer !== undefined) say(JSON.stringify(answer))
      })
    }
  }

/** Thrown where a request is answered with an error. */
class Refused extends Error {
  readonly code: ErrorCode

  constructor(code: ErrorCode, message: string) {
    super(message)
    this.code = code
  }
}

class Server {
  private readonly implementations: ReadonlyArray<Served>
  private readonly caps: Capabilities
  private life: Life | undefined
  private started: Start | undefined
  private isPaused = false

  constructor(implementations: ReadonlyArray<Served>, caps: Capabilities) {
    this.implementations = implementations
    this.caps = caps
  }

  async answer(line: string): Promise<object | undefined> {
    const request = decodeRequest(line)
    if (Result.isFailure(request)) return refusalOf(line)
    const { id, op } = request.success
    if (op === "bye") return undefined
    try {
      return { id, ok: await this.take(request.success) }
    } catch (error) {
      const code = error instanceof Refused ? error.code : "internal"
      return { id, err: { code, message: error instanceof Error ? error.message : String(error) } }
    }
  }

  private async take(request: Request): Promise<unknown> {
    switch (request.op) {
      case "hello":
        return this.hello(request.protocol)
      case "start":
        await this.start(request)
        return {}
      case "input":
        return this.happened(await this.living().input(request.input))
      case "inputs":
        return await this.inputs(request.start, request.inputs, request.observe)
      case "observe":
        return { state: this.living().observe() }
      case "sync":
        return { seq: 0 }
      case "fault":
        await this.fault(request.kind)
        return {}
      case "advance":
        return await this.advance(request.ms)
      default:
        throw new Refused("unsupported", `${request.op} is not known here`)
    }
  }

  private happened({ outputs, dead, crash }: ServedReaction): unknown {
    if (dead) this.end()
    return { outputs, ...(crash === undefined ? {} : { crash }) }
  }

  private hello({ major }: typeof offered): unknown {
    if (major !== offered.major) throw new Refused("version", `version ${offered.major} is spoken here`)
    const [first] = this.implementations
    return {
      protocol: { major, minor: offered.minor[0] },
      iut: { name: first?.name ?? "nobody", version: "0", language: "typescript" },
      roles: this.implementations.map(({ role }) => role),
      caps: this.caps
    }
  }

  /** Nothing that is served here remembers anything beyond its death. */
  private async fault(kind: FaultKind): Promise<void> {
    if (!hasFault(this.caps, kind)) throw new Refused("unsupported", `there is no fault ${kind} here`)
    if (this.started === undefined) throw new Refused("not-ready", "nothing is started")
    if (kind === "crash") this.end()
    else if (kind === "restart") await this.start(this.started)
    else if (kind === "pause" || kind === "resume") this.isPaused = kind === "pause"
    else throw new Refused("unsupported", `there is no fault ${kind} here`)
  }

  /** Most of what is served here has no use for time. */
  private async advance(ms: number): Promise<unknown> {
    if (this.caps.clock !== "virtual") throw new Refused("unsupported", "time passes by itself here")
    const passed = await this.living().advance?.(ms)
    return passed === undefined ? {} : this.happened(passed)
  }

  private async start(start: Start): Promise<Life> {
    const { role } = start
    this.started = start
    const implementation = this.implementations.find((one) => one.role === role)
    if (implementation === undefined) throw new Refused("unsupported", `${role} is not played here`)
    this.end()
    this.isPaused = false
    this.life = await implementation.start(start.config)
    return this.life
  }

  private async inputs(start: Start, inputs: ReadonlyArray<unknown>, observe?: ReadonlyArray<string>): Promise<object> {
    const life = await this.start(start)
    const outputs: Array<ReadonlyArray<unknown>> = []
    const states: Array<unknown> = []
    let last: Pick<ServedReaction, "crash"> = {}
    for (const input of inputs) {
      const { outputs: out, dead, crash } = await life.input(input)
      outputs.push(out)
      states.push(dead ? null : life.observe())
      if (!dead) continue
      last = crash === undefined ? {} : { crash }
      this.end()
      break
    }
    return { outputs, ...(observe === undefined ? {} : { states }), ...last }
  }

  private living(): Life {
    if (this.life === undefined) throw new Refused("not-ready", "nothing is started")
    if (this.isPaused) throw new Refused("not-ready", "it is paused")
    return this.life
  }

  private end(): void {
    this.life?.stop()
    this.life = undefined
  }
}

/** What is answered to a line that is no request: nothing if it has no id to answer to. */
const refusalOf = (line: string): object => {
  const { id, op } = parsed(line)
  const code: ErrorCode = id === undefined || op === undefined ? "malformed" : isOp(op) ? "bad-args" : "unsupported"
  return { id: id ?? 0, err: { code } }
}

const isOp = (op: unknown): boolean => Request.members.some(({ fields }) => fields.op.literal === op)

const parsed = (line: string): Readonly<Record<string, unknown>> => {
  try {
    return Object(JSON.parse(line))
  } catch {
    return {}
  }
}
