import type { NodeId } from "../../../spec/metadata.ts"
import type { GroupId } from "../../../spec/raft-upgrade/ids.ts"
import type { ExchangeAnswer, PeerList } from "../../../spec/raft-upgrade/messages.ts"
import type { Clock } from "../../runtime/clock.ts"
import { sleep } from "../../runtime/waits.ts"
import type { Journal } from "../journal.ts"
import type { Calls } from "../network/calls.ts"
import type { UpgradeOptions } from "../options.ts"
import type { Document } from "../storage/document.ts"
import type { Discovery, Self } from "./discovery.ts"

/** How long a node waits for an answer, and between two rounds. Source: dossier 2.14. */
export const exchangeMs = 1_000
export const pauseMs = 1_000

const none: ExchangeAnswer = { _tag: "None" }

/** What discovery ends with: this node creates the group, or another told it of one. */
export type Outcome =
  | { readonly _tag: "Leads" }
  | { readonly _tag: "Found"; readonly group: GroupId; readonly via: NodeId }

export interface DiscoveryParts {
  readonly self: Self
  readonly stored: Document<PeerList>
  readonly calls: Calls
  readonly clock: Clock
  readonly tell: Journal
  readonly options: UpgradeOptions
  /** The discovery that is to survive its node. */
  readonly Discovery: typeof Discovery
}

/** Asks one node whom it knows; nothing where it did not answer. */
export const exchange = async (
  { self, calls, tell }: Pick<DiscoveryParts, "self" | "calls" | "tell">,
  to: NodeId,
  peers: PeerList,
  signal: AbortSignal
): Promise<ExchangeAnswer | undefined> => {
  tell({ _tag: "ExchangeAsked", node: self.node, to, peers })
  const answered = await calls.tryAsk(to, { _tag: "PeerExchange", peers }, "Exchanged", signal, exchangeMs)
  const answer = answered?.answer
  tell({ _tag: "ExchangeHeard", node: self.node, of: to, answer: answer ?? null })
  return answer
}

/**
 * Discovery that survives its node: whom it knows is on disk before anybody else can hear of it.
 *
 * Source: service/raft/raft_group0.cc persistent_discovery; scylladb commit 4147ef94b0.
 */
export class PersistentDiscovery {
  protected readonly parts: DiscoveryParts
  protected readonly discovery: Discovery
  #isOver = false

  /** Begins with who is on disk, and with those seeds of which the disk knows nothing. */
  constructor(parts: DiscoveryParts, seeds: ReadonlyArray<NodeId>) {
    const { self, stored, options } = parts
    const known = stored.value
    const fresh = seeds.filter((seed) => known.every(({ node }) => node !== seed))
    const all = [...known, ...fresh.map((node) => ({ node, server: null }))]
    this.parts = parts
    this.discovery = new parts.Discovery(self, all, options.otherServer)
  }

  /** Looks for the group until there is one. Rejects with `Aborted`. */
  async run(signal: AbortSignal): Promise<Outcome> {
    try {
      for (;;) {
        const tick = this.discovery.tick()
        await this.store()
        if (tick._tag === "Leads") return { _tag: "Leads" }
        if (tick._tag === "Pause") await sleep(this.parts.clock, pauseMs, signal)
        else {
          const found = await this.#ask(tick.asked, signal)
          if (found !== undefined) return found
        }
      }
    } finally {
      this.#isOver = true
    }
  }

  /** Answers one who looks too. */
  async answer(from: NodeId, peers: PeerList): Promise<ExchangeAnswer> {
    if (this.#isOver || !this.discovery.request(from, peers)) return none
    await this.store()
    // Meanwhile this node may have come to create the group, or to know of it.
    return this.#isOver || this.discovery.isLeader ? none : { _tag: "Peers", peers: this.told }
  }

  /** All are asked at once; the first that knows of a group ends it, and nobody waits for the others. */
  #ask(
    asked: ReadonlyArray<{ readonly to: NodeId; readonly peers: PeerList }>,
    signal: AbortSignal
  ): Promise<Outcome | undefined> {
    return new Promise((resolve, reject) => {
      const one = async ({ to, peers }: { readonly to: NodeId; readonly peers: PeerList }): Promise<void> => {
        // Since these words were put together the node may have come to know better.
        const told = peers.length === 0 ? [] : this.told
        const answer = await exchange(this.parts, to, told, signal)
        if (this.#isOver) return
        if (answer?._tag === "Group") resolve({ _tag: "Found", group: answer.group, via: answer.node })
        else this.hear(to, answer)
      }
      Promise.all(asked.map(one)).then(() => resolve(undefined), reject)
    })
  }

  /** What another says that knows of no group, if it says anything. */
  protected hear(of: NodeId, answer: ExchangeAnswer | undefined): void {
    if (answer?._tag === "Peers") this.discovery.response(of, answer.peers)
  }

  /** Whom others may hear of: those who are on disk, and this node. */
  protected get told(): PeerList {
    return [...this.parts.stored.value, this.parts.self]
  }

  protected async store(): Promise<void> {
    const { stored, self, tell } = this.parts
    const { peers } = this.discovery
    if (JSON.stringify(peers) === JSON.stringify(stored.value)) return
    // What another asker has brought meanwhile goes along.
    const written = await stored.update(() => this.discovery.peers)
    tell({ _tag: "PeersStored", node: self.node, peers: written })
  }
}
