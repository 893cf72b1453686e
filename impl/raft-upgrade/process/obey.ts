/** Has a node do what an operator, a client or a test commands. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { Injections } from "../../runtime/injections.ts"
import type { ControlAnswer, ControlCommand } from "../control.ts"
import type { Journal } from "../journal.ts"
import type { Network } from "../network/network.ts"
import type { ClusterNode } from "../node/cluster-node.ts"
import type { NodeStore } from "../storage/node-store.ts"

interface Obeying {
  readonly self: NodeId
  readonly node: ClusterNode
  readonly store: NodeStore
  readonly network: Network
  readonly injections: Injections
  readonly tell: Journal
}

type Ordinary = Exclude<ControlCommand, { readonly _tag: "Addresses" | "Shutdown" }>

const done: ControlAnswer = { _tag: "Done" }

export const obey = async (
  { self, node, store, network, injections, tell }: Obeying,
  command: Ordinary
): Promise<ControlAnswer> => {
  switch (command._tag) {
    case "Change":
      return node.change(command.operation, command.mutation)
    case "Decommission":
      await node.operator.decommission()
      return done
    case "Remove":
      await node.operator.remove(command.node)
      return done
    case "Edit":
      await store.edit(command.edit)
      tell({ _tag: "Edited", node: self, edit: command.edit })
      return done
    case "Ban":
      network.ban(command.nodes)
      return done
    case "Inject":
      return inject(injections, command)
    case "Status": {
      const { schema } = store.data.value
      const { peers, bootstrap } = store.ring.value
      const { group } = store.local.value
      return { _tag: "StatusIs", state: node.state, group, schema, peers, isNormal: bootstrap === "completed" }
    }
  }
}

const inject = (
  injections: Injections,
  { action, name }: Extract<Ordinary, { readonly _tag: "Inject" }>
): ControlAnswer => {
  if (action === "query") return { _tag: "Reached", times: injections.reached(name) }
  if (action === "disable") injections.disable(name)
  else if (action === "message") injections.message(name)
  else injections.enable(name, { once: action === "enable-once" })
  return done
}
