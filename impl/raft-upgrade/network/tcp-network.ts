import { TcpNetwork as TcpNetworkOf, type TcpNetworkOptions } from "../../runtime/network/tcp-network.ts"
import { type NodeAnswer, type NodeRequest, upgradeConversation } from "./network.ts"

/** One node's end of a network between processes that talk about the way to group 0. */
export type TcpNetwork = TcpNetworkOf<NodeRequest, NodeAnswer>

export const TcpNetwork = {
  open: (options: Omit<TcpNetworkOptions<NodeRequest, NodeAnswer>, "conversation">): Promise<TcpNetwork> =>
    TcpNetworkOf.open({ ...options, conversation: upgradeConversation })
}
