/** Runs sequences of inputs against an adapter, each in a life of its own, through deaths and silences. */
import type { Reaction } from "../kit/role-under-test.ts"
import { hasOp } from "../protocol/capabilities.ts"
import { maxLineBytes } from "../protocol/limits.ts"
import { AdapterTrouble } from "./adapter-trouble.ts"
import type { Line } from "./line.ts"
import type { Peer } from "./peer.ts"
import { RemoteSession } from "./remote-adapter.ts"
import type { RemoteRole } from "./remote-role.ts"
import { batched } from "./trace.ts"
import type { Transcript } from "./transcript.ts"
import { WireWords } from "./wire-words.ts"

/** So many traces in a row may be lost before the adapter is given up. */
const mostDeadInARow = 3

/** What a frame needs besides its inputs. */
const frameRoom = 1_024

export class TraceRunner<L, I, O, V> {
  private readonly line: Line
  private readonly role: RemoteRole<L, I, O, V>
  private readonly seed: number
  private deadInARow = 0
  private words: WireWords<L, I, O, V> | undefined

  constructor(line: Line, role: RemoteRole<L, I, O, V>, seed: number) {
    this.line = line
    this.role = role
    this.seed = seed
  }

  /**
   * Gives a sequence to a fresh implementation. What does not fit into one frame is left out.
   *
   * Rejects with `AdapterTrouble` once nothing more is to be expected from the adapter.
   */
  async run(inputs: ReadonlyArray<I>): Promise<Transcript<I, O, V>> {
    for (;;) {
      try {
        const transcript = await this.attempt(inputs)
        const doubt = transcript.hung ? transcript.reactions.at(-1)?.doubt : undefined
        if (doubt === undefined) this.deadInARow = 0
        else this.died((await this.line.peer()).conversation.told("silent", doubt.why))
        return transcript
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

  private async attempt(inputs: ReadonlyArray<I>): Promise<Transcript<I, O, V>> {
    const peer = await this.line.peer()
    const { caps = {} } = peer.hello
    if (caps.reset === "hard" && peer.epoch > 0) {
      await this.line.hangUp()
      return await this.attempt(inputs)
    }
    this.words ??= new WireWords(this.role, caps.observe ?? [])
    return hasOp(caps, "inputs") && caps.events !== true ? await this.atOnce(peer, inputs) : await this.oneByOne(inputs)
  }

  /** The whole sequence in one frame. Where its end cannot be told by one answer, it is given again step by step. */
  private async atOnce(peer: Peer, inputs: ReadonlyArray<I>): Promise<Transcript<I, O, V>> {
    const words = this.words!
    const fitting = inputs.slice(0, words.fitting(inputs, (peer.hello.limits?.line ?? maxLineBytes) - frameRoom))
    try {
      const answer = await batched(peer, this.role, words, fitting, this.seed)
      if (answer._tag === "Ok") return { inputs: fitting, reactions: answer.ok, hung: false }
    } catch (error) {
      if (!(error instanceof AdapterTrouble) || error.kind !== "gone") throw error
      await this.line.hangUp()
    }
    return await this.oneByOne(fitting)
  }

  private async oneByOne(inputs: ReadonlyArray<I>): Promise<Transcript<I, O, V>> {
    const session = await RemoteSession.start(this.line, this.role, this.seed)
    const reactions: Array<Reaction<O, V>> = []
    let hung = false
    for (const input of inputs) {
      const reaction = await this.oneOf(session, input)
      reactions.push(reaction)
      hung = reaction.doubt?.late === true
      if (hung || reaction.outputs.some(this.role.isLast)) break
    }
    return { inputs, reactions, hung }
  }

  /** A process that goes away while it has an input is an implementation that dies of it. */
  private async oneOf(session: RemoteSession<L, I, O, V>, input: I): Promise<Reaction<O, V>> {
    try {
      return await session.input(input)
    } catch (error) {
      if (!(error instanceof AdapterTrouble) || error.kind !== "gone") throw error
      await this.line.hangUp()
      return { outputs: [{ _tag: "Died", why: null }] }
    }
  }
}
