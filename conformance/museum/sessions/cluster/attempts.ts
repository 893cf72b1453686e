/** How often our coordinator tries again what fails at once. It is counted in virtual time, for the model knows none. */

import { type Clock, VirtualClock } from "../../../../impl/runtime/clock.ts"
import { ActionTable, throttleMs } from "../../../../impl/sessions/coordinator/action-table.ts"
import { TabletId } from "../../../../spec/sessions/metadata.ts"
import type { Mutant, MutantResult } from "../../../cli/museum-api.ts"

/** What a coordinator's table of actions is told the time by. */
export type Timing = (clock: Clock) => Clock

/** How long it is looked at. */
export const seconds = 10
/** As many as the throttle leaves room for, and the first. */
const most = (seconds * 1000) / throttleMs + 1
/** Whoever has tried so often would try for ever. */
const enough = 10 * most

/** How many times something is tried in so much time, ten seconds unless told, that fails as soon as it is tried. */
export const attempts = (timing: Timing, ms = seconds * 1000): number => {
  const clock = new VirtualClock()
  const tablet = TabletId.make("t1")
  let tried = 0
  const table: ActionTable = new ActionTable(timing(clock), () => {
    if (table.state(tablet, "task") === "failed" && tried < enough) again()
  })
  const again = (): void => {
    tried += 1
    table.begin(tablet, "task")(false)
  }
  again()
  clock.advance(ms)
  table.stop()
  return tried
}

export const M79: Mutant & { readonly timing: Timing } = {
  id: "M79",
  sentence: "What has failed is tried again at once, as often as it fails.",
  origin: "scylladb commit bdd5bdae14",
  breaks: ["SES-L3"],
  timing: (clock) => ({ now: () => clock.now(), setTimer: (_, fire) => clock.setTimer(0, fire) })
}

/** A bound on attempts is what L3 comes to under load: whoever tries in a tight loop leaves nobody else a turn. */
export const counted = ({ id, breaks }: Mutant, tried: number): Omit<MutantResult, "millis"> => {
  const by = `attempts in ${seconds} seconds`
  return tried > most
    ? {
        id,
        verdict: "killed",
        law: breaks[0]!,
        by,
        length: tried,
        what: `more than ${most} attempts in ${seconds} seconds`
      }
    : { id, verdict: "alive", law: null, by, length: null, what: `${tried} attempts in ${seconds} seconds` }
}

/** Whether a timing keeps to the bound. */
export const keepsBound = (timing: Timing): boolean => attempts(timing) <= most
