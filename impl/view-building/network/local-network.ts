import { LocalNetwork as LocalNetworkOf, type LocalNetworkOptions } from "../../runtime/network/local-network.ts"
import { buildingConversation, type NodeAnswer, type NodeRequest } from "./network.ts"

/** A network in one process, on which nodes talk about the building of views. */
export class LocalNetwork extends LocalNetworkOf<NodeRequest, NodeAnswer> {
  constructor(options: LocalNetworkOptions = {}) {
    super(buildingConversation, options)
  }
}
