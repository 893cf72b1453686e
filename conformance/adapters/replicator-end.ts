/** What is seen of a replicator's end: what its proxies are told, and whether their sockets were closed before. */
import type { ExitReason } from "../../impl/runtime/exit.ts"
import { MemorySocket } from "../../impl/runtime/memory-socket.ts"
import type { CrashReason } from "../../spec/dcp/messages.ts"
import type { ProxyName, ReplicatorOutput } from "../../spec/dcp/supervision.ts"
import type { Seen } from "../kit/role-under-test.ts"

interface Mortal {
  exit(reason: CrashReason): void
}

/** The two proxies and sockets of one replicator. */
export class PairEnd {
  private readonly proxies = new Map<ProxyName, Mortal>()
  private readonly sockets: Array<MemorySocket> = []
  /** What the proxies were told to exit with, and how many sockets were open then. */
  private readonly orders: Array<{ readonly reason: string; readonly open: number }> = []

  socket(): MemorySocket {
    const [near, far] = MemorySocket.pair()
    this.sockets.push(far)
    return near
  }

  watch<P extends Mortal>(name: ProxyName, proxy: P): P {
    this.proxies.set(name, proxy)
    return proxy
  }

  /** A proxy is told to exit, by its replicator unless it is the kit that kills it. */
  told(reason: ExitReason): void {
    this.orders.push({ reason: reason._tag, open: this.sockets.filter((socket) => socket.isOpen).length })
  }

  /** Lets a proxy die of its own. */
  kill(name: ProxyName, reason: CrashReason): void {
    this.proxies.get(name)?.exit(reason)
    this.orders.length = 0
  }

  /** The outputs with which a replicator exits. */
  exits(reason: ExitReason): ReadonlyArray<Seen<ReplicatorOutput>> {
    return [this.ended(), { _tag: "Exit", reason: shortReason(reason) }]
  }

  private ended(): Seen<ReplicatorOutput> {
    const { orders } = this
    const all = orders.length === this.proxies.size
    if (all && orders.every(({ reason }) => reason === "Shutdown")) return { _tag: "EndProxies", how: "exitSignal" }
    if (all && orders.every(({ reason, open }) => reason === "Killed" && open === 0))
      return { _tag: "EndProxies", how: "closeSocketsThenKill" }
    const seen = orders.map(({ reason, open }) => `${reason} with ${open} sockets open`).join(", ")
    return { _tag: "Strange", channel: "to both proxies", what: seen === "" ? "nothing" : seen }
  }
}

const shortReason = ({ _tag }: ExitReason): Extract<ReplicatorOutput, { readonly _tag: "Exit" }>["reason"] => {
  if (_tag === "Shutdown" || _tag === "ShutFailed") return "shutdown"
  return _tag === "ChildInterrupted" || _tag === "Interrupted" ? "childInterrupted" : "crashed"
}
