import type { Command, CommandIndex, NodeAnswer, NodeRequest } from "../../../spec/sessions/messages.ts"
import type { NodeId, Term } from "../../../spec/sessions/metadata.ts"
import type { Injections } from "../../runtime/injections.ts"
import type { Group0 } from "../group0/group0.ts"
import type { Journal } from "../journal.ts"
import { answerOf, failPoint, ok, Refused } from "./refused.ts"
import type { Shard } from "./shard.ts"

type TopologyCommand = Extract<NodeRequest, { readonly _tag: "TopologyCommand" }>
type BarrierCommand = Pick<TopologyCommand, "term" | "index"> & { readonly command: Command }

export interface CommandHandlerParts {
  readonly self: NodeId
  readonly group0: Group0
  readonly shards: readonly [Shard, ...Shard[]]
  readonly injections: Injections
  readonly tell: Journal
  /** Streams what the topology's request in hand is for. */
  readonly stream: () => Promise<NodeAnswer>
}

/**
 * Does what the topology coordinator commands, on all shards.
 *
 * Enabled when: a read barrier was passed, group 0's term is the command's, and no command of the term with this index or a
 * later one was accepted. Effect: a barrier proves that the node has applied what was committed before; a drain also waits,
 * however long it takes, until nothing works by an older version or under a closing session; a stream is run. Refused with:
 * ReadBarrierFailed, TermChanged, OldCommand, VersionChanged, and what the stream is refused with.
 *
 * Source: service/storage_service.cc raft_topology_cmd_handler, local_topology_barrier; dossier `sessions.md` 2.5.
 */
export class CommandHandler {
  readonly #parts: CommandHandlerParts
  /** The last command accepted: those of its term with a lower index are too late. */
  #last = { term: -1, index: 0 }

  constructor(parts: CommandHandlerParts) {
    this.#parts = parts
  }

  async handle({ term, index, command }: TopologyCommand): Promise<NodeAnswer> {
    if (command === "stream_ranges") return answerOf(this.#stream(term, index))
    const answer = await answerOf(this.#obey({ term, index, command }))
    const reason = answer._tag === "Refused" ? answer.reason : null
    this.#parts.tell({ _tag: "CommandAnswered", node: this.#parts.self, term, index, reason })
    return answer
  }

  /** What is streamed, and under which session, is settled in the same step in which the command is accepted. */
  async #stream(term: Term, index: CommandIndex): Promise<NodeAnswer> {
    await this.#parts.group0.readBarrier()
    this.#accept(term, index)
    return this.#parts.stream()
  }

  /** From the end of the read barrier to here nothing waits, so commands that overlap are in order of who gets here first. */
  #accept(term: Term, index: CommandIndex): void {
    if (this.#parts.group0.leadership.term !== term) throw new Refused("TermChanged")
    if (this.#last.term === term && index <= this.#last.index) throw new Refused("OldCommand")
    this.#last = { term, index }
  }

  async #obey({ term, index, command }: BarrierCommand): Promise<NodeAnswer> {
    const { self, group0, injections, tell } = this.#parts
    const at = await group0.readBarrier()
    this.#accept(term, index)
    tell({ _tag: "CommandAccepted", node: self, term, index, at })
    if (command === "barrier") {
      failPoint(injections, "raft_topology_barrier_fail", "ReadBarrierFailed")
      return ok
    }
    failPoint(injections, "raft_topology_barrier_and_drain_fail_before", "ReadBarrierFailed")
    await injections.wait("pause_before_barrier_and_drain")
    await this.#drain()
    failPoint(injections, "raft_topology_barrier_and_drain_fail", "ReadBarrierFailed")
    return ok
  }

  async #drain(): Promise<void> {
    const { shards } = this.#parts
    const { version } = shards[0]
    const drains = shards.map((shard) =>
      shard.run(async () => {
        if (shard.version !== version) throw new Refused("VersionChanged")
        await shard.whenReleased(version)
        await shard.sessions.drain()
      })
    )
    await Promise.all(drains)
  }
}
