/** What has arrived at a node: the messages of one kind on their way to it, each with its place in the bag. */
import { type View, view } from "../../kernel/cell.ts"
import type { NodeCells } from "./cells.ts"
import type { Mail } from "./node-state.ts"

export interface Arrived<M> {
  readonly message: M
  readonly position: number
}

/** Messages of a kind. Equal messages are one: it makes no difference which of them is taken. */
export const arrived = <T extends Mail["_tag"]>(
  node: NodeCells,
  tag: T
): View<ReadonlyArray<Mail>, ReadonlyArray<Arrived<Extract<Mail, { _tag: T }>>>> =>
  view(node.mail, `${tag} to ${node.name}`, (mail) =>
    mail.flatMap((message, position) => (isOf(message, tag) ? [{ message, position }] : [])).filter(distinct)
  )

const isOf = <T extends Mail["_tag"]>(message: Mail, tag: T): message is Extract<Mail, { _tag: T }> =>
  message._tag === tag

/** The bag is sorted, so equal messages are neighbours. */
const distinct = <M>({ message }: Arrived<M>, k: number, all: ReadonlyArray<Arrived<M>>): boolean =>
  k === 0 || JSON.stringify(all[k - 1]!.message) !== JSON.stringify(message)
