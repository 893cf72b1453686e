/** Has a node do what an operator, a client or a test commands. */

import type { ControlAnswer, NodeCommand } from "../control.ts"
import { Unavailable } from "../group0/group0.ts"
import { ConnectionBroken } from "../network/network.ts"
import type { NodeStore } from "../storage/node-store.ts"
import type { ClusterNode } from "./cluster-node.ts"
import { NotDone } from "./operator.ts"

export const obey = async (node: ClusterNode, store: NodeStore, command: NodeCommand): Promise<ControlAnswer> => {
  try {
    return (await done(node, store, command)) ?? { _tag: "Done" }
  } catch (error) {
    if (error instanceof Unavailable || error instanceof ConnectionBroken || error instanceof NotDone)
      return { _tag: "Failed", why: error.message }
    throw error
  }
}

const done = async (node: ClusterNode, store: NodeStore, command: NodeCommand): Promise<ControlAnswer | undefined> => {
  const { operator } = node
  const unless = (isDone: boolean): ControlAnswer | undefined =>
    isDone ? undefined : { _tag: "Failed", why: "a replica has not taken the row, or there is none" }
  switch (command._tag) {
    case "CreateTable":
      await operator.createTable(command.base, command.tablets)
      return undefined
    case "CreateView":
      await operator.createView(command.base, command.view)
      return undefined
    case "DropView":
      await operator.dropView(command.view)
      return undefined
    case "Truncate":
      await operator.truncate(command.base)
      return undefined
    case "MoveTablet":
      await operator.move(command.base, command.lastToken, command.next, command.kind)
      return undefined
    case "Resize":
      await operator.resize(command.base, command.how)
      return undefined
    case "Write":
      return unless(await node.clients.write(command.base, command.row))
    case "Load":
      return unless(await node.load(command.base, command.row))
    case "MarkHost":
      node.hosts.mark(command.node, command.alive)
      return undefined
    case "Dump":
      return {
        _tag: "Dumped",
        at: node.at,
        rows: store.baseRows(command.base),
        viewRows: store.viewRows(command.view),
        built: store.builtViews
      }
  }
}
