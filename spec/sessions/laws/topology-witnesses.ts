/** What must be reachable on the global track, so that no law about it holds for want of anything to judge. */
import { type SometimesLaw, sometimes } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import { endOf, type GlobalTrack, globalTrack, requestOf } from "../memories/global-track.ts"

const witness = (
  number: number,
  sentence: string,
  laws: string,
  happens: SometimesLaw<ClusterLabel, GlobalTrack>["happens"]
): SometimesLaw<ClusterLabel, GlobalTrack> =>
  sometimes<ClusterLabel, GlobalTrack>(`SES-W${number}`, {
    sentence,
    source: `dossier sessions 3.5, for ${laws}`,
    follows: globalTrack,
    happens
  })

const ends = (before: GlobalTrack, after: GlobalTrack, ok: boolean): boolean => {
  const request = before.topology?.current?.request
  return request !== undefined && endOf(before, request) === undefined && endOf(after, request)?.ok === ok
}

const topologyWitnesses: ReadonlyArray<SometimesLaw<ClusterLabel>> = [
  witness(
    41,
    "A topology request succeeds.",
    "S16, L3t, L5t",
    (before, label, after) => label._tag === "Committed" && ends(before, after, true)
  ),
  witness(
    42,
    "A topology request fails, and is rolled back.",
    "D3t",
    (before, label, after) => label._tag === "Committed" && ends(before, after, false)
  ),
  witness(43, "Work comes after its request has succeeded, and is turned away.", "S6t, D1t", (before, label) => {
    const request = label._tag === "TurnedAway" ? requestOf(before, label.work) : undefined
    return request !== undefined && endOf(before, request)?.ok === true
  }),
  witness(
    44,
    "A node drops what it does not own, and work comes there later and is turned away.",
    "D3t, D2t",
    (before, label) => label._tag === "TurnedAway" && before.clean.includes(label.node)
  ),
  witness(
    45,
    "A node that has cleaned up is given the range again.",
    "D2t, D3t",
    (before, label, after) => label._tag === "Committed" && before.clean.some((node) => !after.clean.includes(node))
  )
]

/** The witness of a number. Throws `TypeError` where there is none. */
export const topologyWitness = (number: string): SometimesLaw<ClusterLabel> => {
  const found = topologyWitnesses.find(({ id }) => id === `SES-${number}`)
  if (found === undefined) throw new TypeError(`the global track has no witness ${number}`)
  return found
}
