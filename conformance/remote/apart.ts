/** A conversation in which two designs answer differently, as short as there is one: it tells them apart without any luck. */
import { type Option, type Place, Places } from "../kit/possible.ts"
import type { PartMove } from "../kit/stage.ts"
import type { Course, Plan, Planned } from "./course.ts"

/** Pairs of states that are looked at. Designs that part later than that are left to chance, which costs less than looking on. */
const mostPairs = 40

/** Where two designs stand after the same conversation. */
interface Pair<L, I, O, V> {
  readonly one: Place<L, I, O, V>
  readonly other: Place<L, I, O, V>
  readonly came: { readonly from: Pair<L, I, O, V>; readonly planned: Planned<I> } | undefined
}

/** Plans what to ask so that the answer is explained by at most one of two designs; nothing where no such plan is near. */
export const planApart = <L, I, O, V>(one: Course<L, I, O, V>, other: Course<L, I, O, V>): Plan<I> | undefined => {
  const places = new Places(one)
  const otherPlaces = new Places(other)
  const first: Pair<L, I, O, V> = { one: places.start, other: otherPlaces.start, came: undefined }
  const queue = [first]
  const seen = new Map([[first.one, new Set([first.other])]])
  let looked = 0
  for (const pair of queue) {
    if (looked++ > mostPairs) return undefined
    const options = new Map(pair.other.options.map((option) => [option.text, option]))
    for (const option of pair.one.options) {
      const same = options.get(option.text)
      if (same === undefined) continue
      const planned = one.planned(option)
      if (planned.input !== undefined && !answersAlike(one, option, other, same)) return [...wayTo(pair), planned]
      const [, move] = option.moves[0]!
      const { begins, ends } = one.graph.play(move)
      if (begins || ends) continue
      const next = places.reached(option.moves.slice(0, 1))
      const agreeing = otherPlaces.after(same, reactionOf(one, move))
      const known = seen.get(next)
      if (agreeing === undefined || known?.has(agreeing)) continue
      if (known === undefined) seen.set(next, new Set([agreeing]))
      else known.add(agreeing)
      queue.push({ one: next, other: agreeing, came: { from: pair, planned } })
    }
  }
  return undefined
}

const wayTo = <L, I, O, V>(pair: Pair<L, I, O, V>): Plan<I> => {
  const way: Array<Planned<I>> = []
  for (let { came } = pair; came !== undefined; { came } = came.from) way.push(came.planned)
  return way.reverse()
}

type Moves<L, I, O, V> = Pick<Option<L, I, O, V>, "moves">

/** Whether whatever one design may answer, the other may answer too, and the other way round. */
const answersAlike = <L, I, O, V>(
  one: Course<L, I, O, V>,
  ours: Moves<L, I, O, V>,
  other: Course<L, I, O, V>,
  theirs: Moves<L, I, O, V>
): boolean => explains(other, theirs, one, ours) && explains(one, ours, other, theirs)

const explains = <L, I, O, V>(
  design: Course<L, I, O, V>,
  { moves }: Moves<L, I, O, V>,
  asked: Course<L, I, O, V>,
  answers: Moves<L, I, O, V>
): boolean =>
  answers.moves.every(([, answer]) => {
    const reaction = reactionOf(asked, answer)
    return moves.some(([, move]) => design.part.differs(design.graph.play(move), reaction).length === 0)
  })

const reactionOf = <L, I, O, V>({ graph }: Course<L, I, O, V>, move: PartMove<L, I, O, V>) => {
  const { due, shown } = graph.play(move)
  return { outputs: due, ...(shown === undefined ? {} : { observed: shown }) }
}
