/** The network as sessions use it: commands of barriers, triggers, streams, requests of clients. */
import { NodeAnswer, NodeRequest } from "../../../spec/sessions/messages.ts"
import { conversation } from "../../runtime/network/messages.ts"
import type * as network from "../../runtime/network/network.ts"

export { ConnectionBroken } from "../../runtime/network/network.ts"

export type Handler = network.Handler<NodeRequest, NodeAnswer>
export type Network = network.Network<NodeRequest, NodeAnswer>

export const sessionsConversation = conversation<NodeRequest, NodeAnswer>(NodeRequest, NodeAnswer, {
  _tag: "Refused",
  reason: "Malformed"
})
