/** A replication manager with everything below it, on memory sockets and virtual time. */
import { type ManagedReplicator, ReplicationManager } from "../../../../impl/dcp/replication-manager.ts"
import type { StopReason } from "../../../../impl/dcp/replicator-exit.ts"
import { VirtualClock } from "../../../../impl/runtime/clock.ts"
import type { DcpLabel } from "../../../../spec/dcp/labels.ts"
import type { CallId, VBucket } from "../../../../spec/ids.ts"
import type { Subject } from "../subject.ts"
import { Member } from "./member.ts"

const connections = 2
const desired = [0, 1] as ReadonlyArray<number> as ReadonlyArray<VBucket>

/** All that is between a desired map and the sockets to kv. */
export class Family {
  /** What happened on each connection, and to the manager. */
  readonly labels: ReadonlyArray<Array<DcpLabel>> = Array.from({ length: connections }, () => [])
  readonly managerLabels: Array<DcpLabel> = []
  private readonly subject: Subject
  private readonly clock = new VirtualClock()
  private readonly manager: ReplicationManager
  private readonly members: Array<Member | undefined> = []
  private calls = 0

  constructor(subject: Subject) {
    this.subject = subject
    this.manager = new (subject.manager ?? ReplicationManager)({
      connections,
      clock: this.clock,
      start: ({ connection }) => this.begin(connection)
    })
  }

  /** The member of a connection that was started last. */
  member(connection: number): Member {
    return this.members[connection]!
  }

  /** Asks for the desired map. */
  ask(): void {
    const call = this.newCall()
    this.managerLabels.push({
      _tag: "ManagerStep",
      input: { _tag: "SetDesired", call, vbuckets: desired },
      outputs: []
    })
    void this.manager.setDesired(new Map([["n1", { features: [], vbuckets: desired }]])).then(({ _tag }) => {
      const result = _tag === "Ok" ? "ok" : "rebalanceFails"
      const outcome = { _tag: "Answered", value: { _tag: "Ok" } } as const
      this.managerLabels.push({
        _tag: "ManagerStep",
        input: { _tag: "ReplicatorAnswered", connection: 0, outcome },
        outputs: [{ _tag: "Answer", call, result }]
      })
    })
  }

  /** Calls the replicator of a connection directly. */
  call(connection: number): void {
    const call = this.newCall()
    const labels = this.labels[connection]!
    const vbuckets = [connection as VBucket, (connection + connections) as VBucket]
    labels.push({ _tag: "Called", call, request: { _tag: "SetupStreams", vbuckets } })
    this.member(connection)
      .replicator.setupReplication(vbuckets)
      .then(
        (value) =>
          labels.push({
            _tag: "ReplicatorStep",
            input: { _tag: "WorkerDone", outcome: { _tag: "Answered", value } },
            outputs: [{ _tag: "Answer", call, value }]
          }),
        () => labels.push({ _tag: "CallerExited", call })
      )
  }

  stop(connection: number, reason: StopReason): void {
    this.labels[connection]!.push({ _tag: "ReplicatorStep", input: { _tag: "Stop", reason }, outputs: [] })
    void this.member(connection).replicator.shutdown(reason)
  }

  /** Lets everything happen that happens without time. */
  async settled(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve))
    for (const member of this.members) member?.look()
  }

  /** Lets all timers run out. */
  async wait(milliseconds: number): Promise<void> {
    this.clock.advance(milliseconds)
    await this.settled()
  }

  private newCall(): CallId {
    this.calls++
    return `c${this.calls}` as CallId
  }

  private begin(connection: number): ManagedReplicator {
    const labels = this.labels[connection]!
    this.members[connection]?.look()
    if (this.members[connection] !== undefined) labels.push({ _tag: "Reconnected" })
    const member = new Member(this.subject, this.clock, (label) => labels.push(label))
    member.replicator.onExit(() =>
      this.managerLabels.push({ _tag: "ManagerStep", input: { _tag: "ReplicatorDied", connection }, outputs: [] })
    )
    this.members[connection] = member
    return member.replicator
  }
}
