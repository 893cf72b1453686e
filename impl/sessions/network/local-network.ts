import type { NodeAnswer, NodeRequest } from "../../../spec/sessions/messages.ts"
import { LocalNetwork as LocalNetworkOf, type LocalNetworkOptions } from "../../runtime/network/local-network.ts"
import { sessionsConversation } from "./network.ts"

export type { Fate, OnItsWay } from "../../runtime/network/local-network.ts"

/** A network in one process, on which nodes talk about sessions. */
export class LocalNetwork extends LocalNetworkOf<NodeRequest, NodeAnswer> {
  constructor(options: LocalNetworkOptions = {}) {
    super(sessionsConversation, options)
  }
}
