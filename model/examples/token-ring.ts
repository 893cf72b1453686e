/** A token ring: whoever holds the token may work, and passes it on. Small enough to count by hand. */
import { history, leadsTo, type Memory, sometimes } from "../../spec/law.ts"
import { register, write } from "../kernel/cell.ts"
import { channel, head, pop, push } from "../kernel/channel.ts"
import { type Rule, rulesOf, type System } from "../kernel/system.ts"

export type RingLabel =
  | { readonly _tag: "Wanted"; readonly station: number }
  | { readonly _tag: "Worked"; readonly station: number }
  | { readonly _tag: "Passed"; readonly from: number; readonly to: number }

const rule = rulesOf<RingLabel>()

/** A ring of `size` stations. `passing` says how fair the passing on of the token is: unfair, the work may never be done. */
export const tokenRing = (size: number, passing: "weak" | "none" = "weak"): System<RingLabel> => {
  const stations = Array.from({ length: size }, (_, station) => station)
  const links = stations.map((station) => channel<"token">(`link to ${station}`, 1))
  const wants = stations.map((station) => register(`wish of ${station}`, false))

  const rulesOfStation = (station: number): ReadonlyArray<Rule<RingLabel>> => {
    const own = wants[station]!
    const link = links[station]!
    const to = (station + 1) % size
    const actor = `station ${station}`
    return [
      rule(`want ${station}`, { actor, fair: "none", reads: [own] }, (wish) =>
        wish ? [] : [{ labels: [{ _tag: "Wanted", station }], writes: [write(own, true)] }]
      ),
      rule(`pass ${station}`, { actor, fair: passing, reads: [head(link), own] }, (token, wish) => {
        if (token === null) return []
        const passed: RingLabel = { _tag: "Passed", from: station, to }
        const writes = [pop(link), push(links[to]!, "token")]
        return [
          wish
            ? { labels: [{ _tag: "Worked", station }, passed], writes: [write(own, false), ...writes] }
            : { labels: [passed], writes }
        ]
      })
    ]
  }

  const start = rule("start", { actor: "operator", fair: "weak", reads: [...links, started] }, (...values) =>
    values.at(-1) === true ? [] : [{ labels: [], writes: [write(started, true), push(links[0]!, "token")] }]
  )

  return {
    name: `token ring of ${size}`,
    cells: [started, ...links, ...wants],
    rules: [start, ...stations.flatMap(rulesOfStation)],
    laws: [oneAfterAnother(size), everyoneWorks, zeroGetsItsTurn],
    observables: {}
  }
}

const started = register("started", false)

/** Where the token is, as far as one has seen it passed. */
const place: Memory<number | null, RingLabel> = {
  name: "place",
  init: null,
  on: (at, label) => (label._tag === "Passed" ? label.to : at)
}

const oneAfterAnother = (size: number) =>
  history<RingLabel, number | null>("RING-S1", {
    sentence: "The token goes from each station to the next.",
    source: "this file",
    follows: place,
    breaks: (at, label) => {
      if (label._tag !== "Passed") return undefined
      const right = (at === null || label.from === at) && label.to === (label.from + 1) % size
      return right ? undefined : `the token was at ${at} and went from ${label.from} to ${label.to}`
    }
  })

const everyoneWorks = sometimes<RingLabel, number | null>("RING-R1", {
  sentence: "Station 1 works.",
  source: "this file",
  follows: place,
  happens: (_at, label) => label._tag === "Worked" && label.station === 1
})

/** Whether station 0 waits for its turn. */
const waiting: Memory<boolean, RingLabel> = {
  name: "station 0 waits",
  init: false,
  on: (waits, label) => (label._tag === "Passed" || label.station !== 0 ? waits : label._tag === "Wanted")
}

const zeroGetsItsTurn = leadsTo<RingLabel, boolean>("RING-L1", {
  sentence: "Station 0 works once it wants to.",
  source: "this file",
  given: [],
  follows: waiting,
  pending: (waits) => (waits ? "station 0 wants to work" : undefined)
})
