import type { NodeAnswer, NodeRequest } from "../../../spec/sessions/messages.ts"
import { TcpNetwork as TcpNetworkOf, type TcpNetworkOptions } from "../../runtime/network/tcp-network.ts"
import { sessionsConversation } from "./network.ts"

/** One node's end of a network between processes that talk about sessions. */
export type TcpNetwork = TcpNetworkOf<NodeRequest, NodeAnswer>

export const TcpNetwork = {
  open: (options: Omit<TcpNetworkOptions<NodeRequest, NodeAnswer>, "conversation">): Promise<TcpNetwork> =>
    TcpNetworkOf.open({ ...options, conversation: sessionsConversation })
}
