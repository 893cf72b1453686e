/** Runs sequences of inputs against an adapter, each in a life of its own, through deaths and silences. */
import type { Reaction } from "../kit/role-under-test.ts"
import { hasOp } from "../protocol/capabilities.ts"
import { maxLineBytes } from "../protocol/limits.ts"
import { AdapterTrouble } from "./adapter-trouble.ts"
import type { Line } from "./line.ts"
import type { Peer } from "./peer.ts"
import { type DisturbedSession, RemoteSession } from "./remote-adapter.ts"
import type { RemoteRole } from "./remote-role.ts"
import { batched } from "./trace.ts"
import type { Transcript } from "./transcript.ts"
import { WireWords } from "./wire-words.ts"

/** So many traces in a row may be lost before the adapter is given up. */
const mostDeadInARow = 3

/** What a frame needs besides its inputs. */
const frameRoom = 1_024

/** What to ask next in a life, after these reactions, the last of which leaves open what has happened. */
export type GoOn<I, O, V> = (reactions: ReadonlyArray<Reaction<O, V>>) => ReadonlyArray<I>

export class TraceRunner<L, I, O, V> {
  private readonly line: Line
  private readonly role: RemoteRole<L, I, O, V>
  private readonly seed: number
  private deadInARow = 0
  private death: AdapterTrouble | undefined
  private words: WireWords<L, I, O, V> | undefined
  private answeredAtOnce = 0
  private diedAtOnce: AdapterTrouble | undefined

  constructor(line: Line, role: RemoteRole<L, I, O, V>, seed: number) {
    this.line = line
    this.role = role
    this.seed = seed
  }

  /** How the implementation died last, of those deaths that its process did not survive. */
  get lastDeath(): AdapterTrouble | undefined {
    return this.death
  }

  /** How it died of a sequence in one frame whose inputs one by one it lived through, if it never answered such a frame. */
  get deathAtOnce(): AdapterTrouble | undefined {
    return this.answeredAtOnce === 0 ? this.diedAtOnce : undefined
  }

  /**
   * Gives a sequence to a fresh implementation. What does not fit into one frame is left out.
   *
   * Behind an input that may not have happened `goOn` says what is asked in the same life; nothing unless told, because
   * what was planned may make no sense any more. Sequences go at once where the adapter can take them. Rejects with `AdapterTrouble` once nothing more is to be expected from the adapter.
   */
  async run(
    inputs: ReadonlyArray<I>,
    goOn: GoOn<I, O, V> = () => [],
    how: "at once" | "one by one" = "at once"
  ): Promise<Transcript<I, O, V>> {
    if (inputs.length === 0) return { inputs, reactions: [], hung: false }
    const transcript = await this.insisting(() => this.attempt(inputs, goOn, how))
    if (!transcript.hung) this.deadInARow = 0
    return transcript
  }

  /** Begins a life that is asked one input at a time. Rejects as `run` does, and so do its inputs. */
  async start(): Promise<DisturbedSession<I, O, V>> {
    const session = await this.insisting(async () => {
      await this.renewed()
      return await RemoteSession.start(this.line, this.role, this.seed)
    })
    return {
      input: async (input) => {
        const reaction = await this.oneOf(session, input)
        if (reaction.doubt?.late !== true) this.deadInARow = 0
        return reaction
      },
      stop: () => undefined,
      fault: (kind) => session.fault(kind),
      advance: (ms) => session.advance(ms)
    }
  }

  /** Tries again with a new process as long as there is hope. */
  private async insisting<A>(attempt: () => Promise<A>): Promise<A> {
    for (;;) {
      try {
        return await attempt()
      } catch (error) {
        await this.line.hangUp()
        if (!(error instanceof AdapterTrouble)) throw error
        this.died(error)
      }
    }
  }

  private died(trouble: AdapterTrouble): void {
    const retry = trouble.kind === "gone" || trouble.kind === "silent"
    if (retry && ++this.deadInARow < mostDeadInARow) return
    throw trouble
  }

  private async attempt(
    inputs: ReadonlyArray<I>,
    goOn: GoOn<I, O, V>,
    how: "at once" | "one by one"
  ): Promise<Transcript<I, O, V>> {
    const peer = await this.renewed()
    const { caps = {} } = peer.hello
    this.words ??= new WireWords(this.role, caps.observe ?? [])
    const fits = how === "at once" && hasOp(caps, "inputs") && caps.events !== true
    return fits ? await this.atOnce(peer, inputs, goOn) : await this.oneByOne(inputs, goOn)
  }

  /** The adapter; a new one where it cannot begin anew by itself. */
  private async renewed(): Promise<Peer> {
    const peer = await this.line.peer()
    if (peer.hello.caps?.reset !== "hard" || peer.epoch === 0) return peer
    await this.line.hangUp()
    return await this.line.peer()
  }

  /** The whole sequence in one frame. Where its end cannot be told by one answer, it is given again step by step. */
  private async atOnce(peer: Peer, inputs: ReadonlyArray<I>, goOn: GoOn<I, O, V>): Promise<Transcript<I, O, V>> {
    const words = this.words!
    const fitting = inputs.slice(0, words.fitting(inputs, (peer.hello.limits?.line ?? maxLineBytes) - frameRoom))
    try {
      const answer = await batched(peer, this.role, words, fitting, this.seed)
      if (answer._tag === "Ok") {
        this.answeredAtOnce++
        return { inputs: fitting, reactions: answer.ok, hung: false }
      }
      if (answer._tag === "Unsupported") return await this.partly(fitting, goOn, peer.trouble(answer.why))
    } catch (error) {
      if (!(error instanceof AdapterTrouble)) throw error
      if (error.kind === "fault") return await this.partly(fitting, goOn, error)
      if (error.kind !== "gone") throw error
      await this.line.hangUp()
      return await this.survived(fitting, goOn, error)
    }
    return await this.oneByOne(fitting, goOn)
  }

  /** Who dies of a sequence should die of one of its inputs. Where it does not, it is the frame that it died of. */
  private async survived(
    inputs: ReadonlyArray<I>,
    goOn: GoOn<I, O, V>,
    death: AdapterTrouble
  ): Promise<Transcript<I, O, V>> {
    const before = this.death
    const transcript = await this.oneByOne(inputs, goOn)
    if (this.death === before && !transcript.hung) this.diedAtOnce ??= death
    return transcript
  }

  /** A sequence is refused where one of its inputs is. Where none of them is, it is the adapter that has promised too much. */
  private async partly(
    inputs: ReadonlyArray<I>,
    goOn: GoOn<I, O, V>,
    refusal: AdapterTrouble
  ): Promise<Transcript<I, O, V>> {
    const transcript = await this.oneByOne(inputs, goOn)
    const isWhole = transcript.fault === undefined && transcript.reactions.every(({ doubt }) => doubt === undefined)
    if (isWhole) throw refusal
    return transcript
  }

  private async oneByOne(planned: ReadonlyArray<I>, goOn: GoOn<I, O, V>): Promise<Transcript<I, O, V>> {
    const session = await RemoteSession.start(this.line, this.role, this.seed)
    const reactions: Array<Reaction<O, V>> = []
    let inputs = planned
    while (reactions.length < inputs.length) {
      const reaction = await this.oneOf(session, inputs[reactions.length]!).catch((error: unknown) => {
        if (error instanceof AdapterTrouble && error.kind === "fault" && reactions.length > 0) return error
        throw error
      })
      if (reaction instanceof AdapterTrouble) return { inputs, reactions, hung: false, fault: reaction }
      reactions.push(reaction)
      // Whoever does not answer may be busy with that still, and the next answer would be waited for in vain as well.
      if (reaction.doubt?.late === true) return { inputs, reactions, hung: true }
      if (reaction.outputs.some(this.role.isLast)) break
      if (reaction.doubt !== undefined) inputs = [...inputs.slice(0, reactions.length), ...goOn(reactions)]
    }
    return { inputs, reactions, hung: false }
  }

  /** A process that goes away while it has an input is an implementation that dies of it. */
  private async oneOf(session: RemoteSession<L, I, O, V>, input: I): Promise<Reaction<O, V>> {
    try {
      const reaction = await session.input(input)
      if (reaction.doubt?.late === true) this.died(session.silence(reaction.doubt.why))
      return reaction
    } catch (error) {
      if (!(error instanceof AdapterTrouble) || error.kind !== "gone") throw error
      this.death = error
      await this.line.hangUp()
      return { outputs: [{ _tag: "Died", why: null }] }
    }
  }
}
