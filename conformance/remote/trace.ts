/** A whole sequence of inputs in one frame, with its start folded in. */
import { Schema } from "effect"
import type { Reaction } from "../kit/role-under-test.ts"
import { InputsAnswer } from "../protocol/answers.ts"
import type { Asked, Peer } from "./peer.ts"
import type { RemoteRole } from "./remote-role.ts"
import { seenOf, type WireWords } from "./wire-words.ts"

const readInputs = Schema.decodeUnknownResult(InputsAnswer)

/** Gives a whole sequence in one frame. Rejects with `AdapterTrouble`. */
export const batched = async <L, I, O, V>(
  peer: Peer,
  role: RemoteRole<L, I, O, V>,
  words: WireWords<L, I, O, V>,
  inputs: ReadonlyArray<I>,
  seed: number
): Promise<Asked<ReadonlyArray<Reaction<O, V>>>> => {
  const { names } = words
  const answer = await peer.ask(
    "inputs",
    {
      start: peer.nextStart(role.role, seed),
      inputs: inputs.map((input) => words.input(input)),
      ...(names.length === 0 ? {} : { observe: names })
    },
    readInputs,
    peer.budgets.trace
  )
  if (answer._tag !== "Ok") return answer
  const { outputs, states } = answer.ok
  if (outputs.length > inputs.length || (inputs.length > 0 && outputs.length === 0))
    throw peer.conversation.violated(`it answered ${inputs.length} inputs with ${outputs.length} lists of outputs`)
  if (names.length > 0 && states?.length !== outputs.length)
    throw peer.conversation.violated(
      `it answered ${outputs.length} lists of outputs with ${states?.length ?? "no"} states, though it can observe ${names.join()}`
    )
  const reactions = peer.inWords(() => reactionsOf(answer.ok, words))
  const dead = reactions.findIndex(({ outputs }) => outputs.some((output) => role.isLast(output)))
  if (outputs.length < inputs.length && dead !== outputs.length - 1)
    throw peer.conversation.violated(
      `it answered ${inputs.length} inputs with ${outputs.length} lists of outputs, and tells of no death`
    )
  if (dead >= 0 && dead < outputs.length - 1)
    throw peer.conversation.violated(`it took inputs after a death, which was at input ${dead + 1}`)
  return { _tag: "Ok", ok: reactions }
}

const reactionsOf = <L, I, O, V>(
  { outputs, states, crash }: InputsAnswer,
  words: WireWords<L, I, O, V>
): ReadonlyArray<Reaction<O, V>> =>
  outputs.map((out, at) => {
    const died = at === outputs.length - 1 ? crash : undefined
    const observed = words.state(states?.[at])
    return { outputs: seenOf(words.outputs(out), died), ...(observed === undefined ? {} : { observed }) }
  })
