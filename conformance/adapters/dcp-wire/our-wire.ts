/** Our replicator on the wire: real sockets, the real handshake, and nothing else that is ours between them and the kit. */
import { connect, connectionName } from "../../../impl/dcp/connect.ts"
import { connectTcp } from "../../../impl/runtime/connect-tcp.ts"
import type { Socket } from "../../../impl/runtime/transport.ts"
import { type Make, openReplicator } from "../our-replicator.ts"
import { type Launch, wireAdapter } from "./wire-pair.ts"

const bucket = "default"
const name = connectionName("ns_1@producer", "ns_1@consumer", bucket)

const open = async (side: "consumer" | "producer", port: number): Promise<Socket> => {
  const socket = await connectTcp({ host: "127.0.0.1", port })
  const connected = await connect(socket, { side, name, user: "@ns_server", password: "secret", bucket })
  return connected.socket
}

/** Launches our replicator, or a subclass of any of its parts. */
export const launchOurs =
  (make: Make = {}): Launch =>
  async (ports) => {
    const connects = {
      consumer: () => open("consumer", ports.consumer),
      producer: () => open("producer", ports.producer)
    }
    const { replicator, consumer } = await openReplicator(connects, make)
    return {
      call: (request) => consumer.call(request),
      stop: () => replicator.exit({ _tag: "Killed" })
    }
  }

/** An adapter for our replicator over the wire. */
export const ourWireAdapter = (implementation = "portcullis", make: Make = {}, patienceMs?: number) =>
  wireAdapter(implementation, launchOurs(make), patienceMs)
