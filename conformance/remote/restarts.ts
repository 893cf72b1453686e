/** Whether an implementation that crashed and was restarted is like one that was never there before. */
import type { Reaction } from "../kit/role-under-test.ts"
import { hasFault } from "../protocol/capabilities.ts"
import type { Line } from "./line.ts"
import { RemoteSession } from "./remote-adapter.ts"
import type { Finding } from "./remote-result.ts"
import type { RemoteRole } from "./remote-role.ts"
import { differenceOf } from "./repeats.ts"
import type { Transcript } from "./transcript.ts"

const what = "restart"

/**
 * Takes a walk, lets the implementation crash and restart, and takes another walk: it has to go as it went at first.
 *
 * Every walk is taken behind the one before it, because a single one may begin by closing whatever there was. The roles
 * that are known here keep nothing beyond a death. Rejects with `AdapterTrouble`.
 */
export const restartsAnew = async <L, I, O, V>(
  line: Line,
  role: RemoteRole<L, I, O, V>,
  seed: number,
  examples: ReadonlyArray<Transcript<I, O, V>>
): Promise<Finding> => {
  const { caps = {} } = (await line.peer()).hello
  const missing = (["crash", "restart"] as const).find((kind) => !hasFault(caps, kind))
  if (missing !== undefined)
    return { what, verdict: "not-applicable", why: `the adapter has no capability fault with ${missing}` }
  if (examples.length < 2)
    return { what, verdict: "not-applicable", why: "there are no two walks that have to go the same way twice" }
  for (const [at, example] of examples.entries()) {
    const session = await RemoteSession.start(line, role, seed)
    for (const input of examples.at(at - 1)!.inputs) await session.input(input)
    if ((await session.fault("crash")) === undefined || (await session.fault("restart")) === undefined)
      return { what, verdict: "unknown", why: "it is not known whether the faults have happened" }
    const reactions: Array<Reaction<O, V>> = []
    for (const input of example.inputs) reactions.push(await session.input(input))
    const difference = differenceOf(example, { inputs: example.inputs, reactions, hung: false })
    if (difference !== undefined) return { what, verdict: "fail", why: `behind a restart, ${difference}` }
  }
  return { what, verdict: "pass" }
}
