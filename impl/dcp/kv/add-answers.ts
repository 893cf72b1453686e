import { type AddStreamResponse, Status } from "../mcbp/index.ts"
import { addStreamAnswer } from "./answers.ts"
import type { ConsumerMisbehaviours } from "./consumer-misbehaviours.ts"
import type { PassiveStream } from "./passive-stream.ts"

/** The switches that answers depend on. */
export interface AddAnswersNode {
  isOn(name: keyof ConsumerMisbehaviours, vbucket: number): boolean
  bite<Name extends keyof ConsumerMisbehaviours>(name: Name, vbucket: number): ConsumerMisbehaviours[Name] | undefined
}

/** Puts the answers of accepted and refused streams where they are to be said, as far as misbehaviours let it. */
export class AddAnswers {
  readonly #node: AddAnswersNode
  /** Answers that wait for `answerAddLate` to be switched off, whatever becomes of their streams. */
  #late: { readonly vbucket: number; readonly message: AddStreamResponse }[] = []

  constructor(node: AddAnswersNode) {
    this.#node = node
  }

  /** Answers a stream's ADD_STREAM, by way of its ready queue. */
  answer(stream: PassiveStream, status: number): void {
    const { vbucket, clientOpaque } = stream
    const wrong = this.#node.bite("wrongOpaque", vbucket)
    const opaque = wrong === undefined ? clientOpaque : (wrong.opaque ?? (clientOpaque ^ 0x80000000) >>> 0)
    const message = addStreamAnswer(opaque, status, stream.streamOpaque)
    const messages = this.#node.bite("answerTwice", vbucket) === undefined ? [message] : [message, message]
    if (this.#node.bite("answerAddLate", vbucket) !== undefined) {
      for (const late of messages) this.#late.push({ vbucket, message: late })
      return
    }
    // Nothing is accepted about a stream that was refused, and no STREAM_END will come for it.
    stream.isHeld = status === Status.Success && this.#node.bite("dropAddAnswerOnStreamEnd", vbucket) !== undefined
    stream.ready.push(...messages)
  }

  /** What a stream has to say now; it is said once. */
  ready(stream: PassiveStream): typeof stream.ready {
    if (stream.isHeld && this.#node.isOn("dropAddAnswerOnStreamEnd", stream.vbucket)) return []
    stream.isHeld = false
    return stream.ready.splice(0)
  }

  /** The late answers that may be said by now. */
  late(): readonly AddStreamResponse[] {
    const waiting = this.#late
    const mayGo = ({ vbucket }: { readonly vbucket: number }) => !this.#node.isOn("answerAddLate", vbucket)
    this.#late = waiting.filter((answer) => !mayGo(answer))
    return waiting.filter(mayGo).map(({ message }) => message)
  }
}
