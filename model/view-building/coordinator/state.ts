/** What one incarnation of the view building coordinator knows. All of it is lost with the incarnation. Source: dossier view-building 1.3. */
import { type NodeId, type Position, type Replica, sameReplica, type Term } from "../../../spec/metadata.ts"
import type { CallId, TaskId } from "../../../spec/view-building/ids.ts"
import type { Change } from "../../../spec/view-building/messages.ts"
import type { Said } from "../said.ts"

/** A call to a replica that has not come to its end. */
export interface RemoteCall {
  readonly replica: Replica
  readonly call: CallId
  /** `resting`: it has failed, and its fiber leaves the replica alone for a while. */
  readonly phase: "out" | "resting"
}

/** Tasks that a replica has reported, and that are not deleted yet. */
export interface Finished {
  readonly replica: Replica
  readonly tasks: ReadonlyArray<TaskId>
}

/** A change that was computed from what group 0 said at `seen`. Who has it has the right to commit, alone on its node. */
export interface Plan {
  readonly fiber: "loop" | "collection"
  readonly seen: Position
  readonly change: Change
  readonly said: Said
}

export interface Coordinator {
  readonly term: Term
  /** False until its first commit, which makes every guard worthless that an older coordinator has (S3). */
  readonly fenced: boolean
  readonly plan: Plan | null
  /** By replica, one for each (S2). */
  readonly calls: ReadonlyArray<RemoteCall>
  /** By replica. Emptied when a collection has succeeded. */
  readonly finished: ReadonlyArray<Finished>
  /** How many calls have failed, by replica: an answer to one of them may still come, so the next has another name. */
  readonly failures: ReadonlyArray<{ readonly replica: Replica; readonly times: number }>
  /**
   * Where the main loop stands: it looks, or is about to sleep, or sleeps until it is told. A reference that looks again whenever
   * anything has changed is always awake (L6).
   */
  readonly loop: "awake" | "dozing" | Asleep
}

/** A sleeper is told of what happens from then on, and of nothing before. */
export interface Asleep {
  readonly at: Position
  readonly alive: ReadonlyArray<NodeId>
}

export const newCoordinator = (term: Term): Coordinator => ({
  term,
  fenced: false,
  plan: null,
  calls: [],
  finished: [],
  failures: [],
  loop: "awake"
})

export const placeText = ({ node, shard }: Replica): string => `${node}.${shard}`

/** Values of replicas in the order of places, so that equal coordinators are equal values. */
export const byPlace = <A extends { readonly replica: Replica }>(all: ReadonlyArray<A>): ReadonlyArray<A> =>
  [...all].sort((one, other) => (placeText(one.replica) < placeText(other.replica) ? -1 : 1))

export const finishedAt = ({ finished }: Coordinator, replica: Replica): ReadonlyArray<TaskId> =>
  finished.find((known) => sameReplica(known.replica, replica))?.tasks ?? []

/** Names of calls to a replica begin again after so many failures: fewer answers than that are ever on their way. */
const mostFailures = 4

export const failuresOf = ({ failures }: Coordinator, replica: Replica): number =>
  failures.find((known) => sameReplica(known.replica, replica))?.times ?? 0

/** More nodes and more shards than any scope has. */
const [mostNodes, mostShards] = [8, 8]

/** The name of the next call to a replica, no other coordinator's either. Places are numbered by the nodes' order in group 0. */
export const nextCall = (now: Coordinator, replica: Replica, nodes: ReadonlyArray<string>): CallId => {
  const place = ((now.term - 1) * mostNodes + nodes.indexOf(replica.node)) * mostShards + replica.shard
  return (place * mostFailures + failuresOf(now, replica)) as CallId
}

/** The same coordinator, whose call to a replica has failed. */
export const failing = (now: Coordinator, replica: Replica, phase: "resting" | "over"): Coordinator => {
  const others = now.failures.filter((known) => !sameReplica(known.replica, replica))
  const times = (failuresOf(now, replica) + 1) % mostFailures
  const calls = now.calls.flatMap((call): ReadonlyArray<RemoteCall> => {
    if (!sameReplica(call.replica, replica)) return [call]
    return phase === "resting" ? [{ ...call, phase }] : []
  })
  return { ...now, calls, failures: byPlace([...others, { replica, times }]) }
}

/** The same coordinator, to which a replica has reported tasks. */
export const reported = (now: Coordinator, replica: Replica, tasks: ReadonlyArray<TaskId>): Coordinator => {
  const others = now.finished.filter((known) => !sameReplica(known.replica, replica))
  const all = [...new Set([...finishedAt(now, replica), ...tasks])].sort((one, other) => one - other)
  return {
    ...now,
    calls: now.calls.filter((call) => !sameReplica(call.replica, replica)),
    finished: all.length === 0 ? others : byPlace([...others, { replica, tasks: all }])
  }
}
