/** Comparing outputs channel by channel. */
import type { Play } from "./part.ts"
import { isDied, isStrange, type Reaction, type Seen } from "./role-under-test.ts"
import { same } from "./same.ts"

/** Something on a channel: what goes out together is one thing after another, however it was cut into outputs. */
export interface OnChannel {
  readonly channel: string
  readonly items: ReadonlyArray<unknown>
}

/** The channel of what is observed of the state. */
export const shownChannel = "shown"

/** Outputs by channel, in order within each. */
export const byChannel = (outputs: ReadonlyArray<OnChannel>): ReadonlyMap<string, ReadonlyArray<unknown>> => {
  const channels = new Map<string, ReadonlyArray<unknown>>()
  for (const { channel, items } of outputs) channels.set(channel, [...(channels.get(channel) ?? []), ...items])
  return channels
}

/** A death on its channel. A death that tells no reason agrees with any. */
const death = "crash"

/**
 * The channels on which a reaction differs from what is due.
 *
 * `place` tells where an output of the role belongs; a crash belongs to channel `crash`, with the name of its reason.
 */
export const channelsThatDiffer = <I, O, V>(
  due: Play<I, O, V>,
  seen: Reaction<O, V>,
  place: (output: O) => OnChannel
): ReadonlyArray<string> => {
  const expected = byChannel(due.due.map(place))
  const actual = byChannel(seen.outputs.map((output) => placed(output, place)))
  const names = [...new Set([...expected.keys(), ...actual.keys()])].sort()
  const differing = names.filter((name) => !agree(name, expected.get(name) ?? [], actual.get(name) ?? []))
  // Nobody looks at the dead, and what the living show says nothing where they should be dead.
  const looked = due.shown !== undefined && due.shown !== null && seen.observed !== undefined && !actual.has(death)
  return looked && !same(due.shown, seen.observed) ? [...differing, shownChannel] : differing
}

const placed = <O>(output: Seen<O>, place: (output: O) => OnChannel): OnChannel => {
  if (isDied(output)) return { channel: death, items: [output.why] }
  if (isStrange(output)) return { channel: output.channel, items: [output] }
  return place(output)
}

const agree = (name: string, expected: ReadonlyArray<unknown>, actual: ReadonlyArray<unknown>): boolean =>
  name === death && expected.length > 0 && actual[0] === null ? true : same(expected, actual)
