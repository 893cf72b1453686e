/** Searching a scope that is too large to be seen to the end: the states nearest to the initial one, and random walks. */
import type { Exploration, LawResult } from "../../model/explorer/exploration.ts"
import type { Label } from "../report/story.ts"

type Search = () => Promise<Exploration<Label>>

/** Takes the sample: both searches, and what they found together. An interruption ends it with the search that it met. */
export const sampled = async (nearest: Search, walks: Search): Promise<Exploration<Label>> => {
  const near = await nearest()
  if (near.stoppedBecause !== "maxStates") return near
  const far = await walks()
  if (far.stoppedBecause !== "walked" || far.walked === undefined) return far
  return {
    ...near,
    laws: near.laws.map((law, index) => nearer(law, far.laws[index]!)),
    neverFired: near.neverFired.filter((name) => far.neverFired.includes(name)),
    walked: far.walked
  }
}

/** Whether an exploration is a sample that nobody cut short. */
export const isSample = ({ stoppedBecause, walked }: Exploration<Label>): boolean =>
  stoppedBecause === "maxStates" && walked !== undefined

/** What was found near is told rather than what was found far away. */
const nearer = (near: LawResult<Label>, far: LawResult<Label>): LawResult<Label> =>
  near.verdict === "unknown" ? far : near
