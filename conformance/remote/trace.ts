/** A whole sequence of inputs in one life of an implementation, and what came of it. */
import { Result, Schema } from "effect"
import type { Reaction } from "../kit/role-under-test.ts"
import { InputsAnswer } from "../protocol/answers.ts"
import type { Peer } from "./peer.ts"
import type { RemoteRole } from "./remote-role.ts"
import { seenOf, type WireWords } from "./wire-words.ts"

/** What came of a sequence: one reaction for each input that was taken, in order. */
export interface Transcript<O, V> {
  readonly reactions: ReadonlyArray<Reaction<O, V>>
}

const readInputs = Schema.decodeUnknownResult(InputsAnswer)

/** Gives a whole sequence in one frame. Rejects with `AdapterTrouble`. */
export const batched = async <L, I, O, V>(
  peer: Peer,
  role: RemoteRole<L, I, O, V>,
  words: WireWords<L, I, O, V>,
  inputs: ReadonlyArray<I>,
  seed: number
): Promise<Transcript<O, V>> => {
  const { names } = words
  const answer = await peer.ask(
    "inputs",
    {
      start: peer.nextStart(role.role, seed),
      inputs: inputs.map((input) => words.input(input)),
      ...(names.length === 0 ? {} : { observe: names })
    },
    (ok) => Result.filterOrFail(readInputs(ok), (read) => isComplete(read, inputs.length, names), incomplete),
    peer.budgets.trace
  )
  if (answer._tag !== "Ok")
    return { reactions: [{ outputs: [], doubt: { definite: answer._tag === "Definite", why: answer.why } }] }
  return peer.inWords(() => reactionsOf(answer.ok, words))
}

/** A list may be shorter only where the implementation died. */
const isComplete = ({ outputs, states }: InputsAnswer, asked: number, names: ReadonlyArray<string>): boolean =>
  outputs.length <= asked && (names.length === 0 || states?.length === outputs.length)

const incomplete = (): Error => new Error("it has more lists than there were inputs, or not as many states as lists")

const reactionsOf = <L, I, O, V>(
  { outputs, states, crash }: InputsAnswer,
  words: WireWords<L, I, O, V>
): Transcript<O, V> => ({
  reactions: outputs.map((out, at) => {
    const died = at === outputs.length - 1 ? crash : undefined
    const observed = words.state(states?.[at])
    return { outputs: seenOf(words.outputs(out), died), ...(observed === undefined ? {} : { observed }) }
  })
})
