import { LocalNetwork as LocalNetworkOf, type LocalNetworkOptions } from "../../runtime/network/local-network.ts"
import { type NodeAnswer, type NodeRequest, upgradeConversation } from "./network.ts"

/** A network in one process, on which nodes talk about the way to group 0. */
export class LocalNetwork extends LocalNetworkOf<NodeRequest, NodeAnswer> {
  constructor(options: LocalNetworkOptions = {}) {
    super(upgradeConversation, options)
  }
}
