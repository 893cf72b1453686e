/** Channels: cells that carry messages from one role to another. */
import { type Cell, type View, view, type Write, write } from "./cell.ts"

/** What may be done to a channel: put behind, taken from the front, taken from a place, or emptied. */
export type ChannelOp<M> =
  | { readonly push: ReadonlyArray<M> }
  | { readonly pop: number }
  | { readonly remove: number }
  | "clear"

/** A cell that holds messages on their way, with room for so many. */
export interface Channel<M> extends Cell<ReadonlyArray<M>, ChannelOp<M>> {
  /** More messages than this at once is an error in the model, never a silent loss. */
  readonly capacity: number
}

/** A channel with FIFO order: what is pushed in one operation stays together unless a reader takes less. */
export const channel = <M>(name: string, capacity: number): Channel<M> => ({
  name,
  capacity,
  init: [],
  apply: (queue, op) => {
    if (op === "clear") return []
    if ("pop" in op) return queue.slice(op.pop)
    if ("remove" in op) return queue.filter((_, position) => position !== op.remove)
    if (queue.length + op.push.length > capacity) throw new RangeError(`channel ${name} holds more than ${capacity}`)
    return [...queue, ...op.push]
  }
})

/** An unordered bag: equal contents are equal values whatever the order of sending. Rules may lose or duplicate what is in it. */
export const bag = <M>(name: string, capacity: number): Channel<M> => {
  const fifo = channel<M>(name, capacity)
  return { ...fifo, apply: (messages, op) => sorted(fifo.apply(messages, op)) }
}

const sorted = <M>(messages: ReadonlyArray<M>): ReadonlyArray<M> =>
  messages
    .map((message) => ({ message, text: JSON.stringify(message) }))
    .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
    .map(({ message }) => message)

/** Send messages, in order. */
export const push = <M>(to: Channel<M>, ...messages: ReadonlyArray<M>): Write => write(to, { push: messages })

/** Take the first `count` messages away. */
export const pop = <M>(from: Channel<M>, count = 1): Write => write(from, { pop: count })

/** Take the message at one position away: how a bag delivers, and how a fault loses. */
export const remove = <M>(from: Channel<M>, position: number): Write => write(from, { remove: position })

/** Lose everything: what happens to a channel when its connection dies. */
export const clear = <M>(of: Channel<M>): Write => write(of, "clear")

/** The first message, or null: a receiver reads the head of its mailbox and never the queue behind it. */
export const head = <M>(of: Channel<M>): View<ReadonlyArray<M>, M | null> =>
  view(of, `${of.name}.head`, (queue) => queue[0] ?? null)

/** The first `count` messages: what a reader of a byte stream may find in one chunk. */
export const front = <M>(of: Channel<M>, count: number): View<ReadonlyArray<M>, ReadonlyArray<M>> =>
  view(of, `${of.name}.front${count}`, (queue) => queue.slice(0, count))
