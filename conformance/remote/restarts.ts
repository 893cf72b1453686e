/** Whether an implementation that crashed and was restarted is like one that was never there before. */
import { hasFault } from "../protocol/capabilities.ts"
import type { Line } from "./line.ts"
import { RemoteSession } from "./remote-adapter.ts"
import type { Finding } from "./remote-result.ts"
import type { RemoteRole } from "./remote-role.ts"
import { differenceOf } from "./repeats.ts"
import type { Transcript } from "./transcript.ts"

const what = "restart"

/**
 * Takes a walk, lets the implementation crash and restart, and takes the walk again: it has to go as it went at first.
 *
 * The roles that are known here keep nothing beyond a death. Rejects with `AdapterTrouble`.
 */
export const restartsAnew = async <L, I, O, V>(
  line: Line,
  role: RemoteRole<L, I, O, V>,
  seed: number,
  example: Transcript<I, O, V> | undefined
): Promise<Finding> => {
  const { caps = {} } = (await line.peer()).hello
  const missing = (["crash", "restart"] as const).find((kind) => !hasFault(caps, kind))
  if (missing !== undefined)
    return { what, verdict: "not-applicable", why: `the adapter has no capability fault with ${missing}` }
  if (example === undefined)
    return { what, verdict: "not-applicable", why: "there is no walk that has to go the same way twice" }
  const session = await RemoteSession.start(line, role, seed)
  const { inputs } = example
  for (const input of inputs.slice(0, Math.ceil(inputs.length / 2))) await session.input(input)
  if ((await session.fault("crash")) === undefined || (await session.fault("restart")) === undefined)
    return { what, verdict: "unknown", why: "it is not known whether the faults have happened" }
  const reactions = []
  for (const input of inputs) reactions.push(await session.input(input))
  const difference = differenceOf(example, { inputs, reactions, hung: false })
  return difference === undefined ? { what, verdict: "pass" } : { what, verdict: "fail", why: difference }
}
