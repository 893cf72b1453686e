/** What the processes above a proxy pair do, as occurrences in a diagram. */
import {
  type ManagerInput,
  type ManagerOutput,
  type Outcome,
  ReplicatorInput,
  ReplicatorOutput
} from "../../spec/dcp/supervision.ts"
import { vbucketList } from "./dcp-names.ts"
import { shortCrash, shortReply, shortRequest } from "./dcp-short-words.ts"
import { death, message, note, type Occurrence } from "./diagram.ts"

interface Taken<Input, Output> {
  readonly input: Input
  readonly outputs: ReadonlyArray<Output>
}

const ends = { exitSignal: "exit signal", closeSocketsThenKill: "sockets closed, killed" } as const

const told = (outcome: Outcome): string => (outcome._tag === "Exited" ? "exited" : shortReply(outcome.value))

/** The replicator's calls, its worker, and how it and its proxies end. */
export const drawReplicatorStep = ({ input, outputs }: Taken<ReplicatorInput, ReplicatorOutput>) => [
  ...replicatorInput(input),
  ...outputs.flatMap(replicatorOutput)
]

const replicatorInput = (input: ReplicatorInput): ReadonlyArray<Occurrence> =>
  ReplicatorInput.match(input, {
    SetupReplication: ({ vbuckets }) => [note(["replicator"], `asked to set up ${vbucketList(vbuckets)}`)],
    TakeoverReplication: ({ vbucket }) => [note(["replicator"], `asked to take over ${vbucket}`)],
    WorkerDone: ({ outcome }) => [note(["replicator"], `worker: ${told(outcome)}`)],
    ChildExited: ({ child, reason }) => [
      note(["replicator"], `${child === "consumerConnection" ? "consumer" : "producer"} gone: ${shortCrash(reason)}`)
    ],
    Stop: ({ reason }) => [note(["replicator"], `told to stop: ${reason}`)],
    ShutDone: ({ outcome }) => [note(["replicator"], `shut: ${told(outcome)}`)],
    ShutTimedOut: () => [note(["replicator"], "shut timed out")]
  })

const replicatorOutput = (output: ReplicatorOutput): ReadonlyArray<Occurrence> =>
  ReplicatorOutput.match(output, {
    SpawnWorker: ({ request }) => [note(["replicator"], `a worker calls: ${shortRequest(request)}`)],
    Answer: ({ value }) => [message("replicator", "caller", `answer ${shortReply(value)}`)],
    ExitCaller: ({ call }) => [message("replicator", "caller", `exit ${call}`, "dashed")],
    ShutConsumer: () => [message("replicator", "consumer", "shut connection")],
    EndProxies: ({ how }) => [
      message("replicator", "consumer", ends[how], "dashed"),
      message("replicator", "producer", ends[how], "dashed")
    ],
    Exit: ({ reason }) => [death("replicator", `exits: ${reason}`)]
  })

/** The manager's desired map and what it tells the replicators. */
export const drawManagerStep = ({ input, outputs }: Taken<ManagerInput, ManagerOutput>) => [
  ...managerInput(input),
  ...outputs.flatMap(managerOutput)
]

const managerInput = (input: ManagerInput): ReadonlyArray<Occurrence> => {
  switch (input._tag) {
    case "SetDesired":
      return [message("caller", "manager", `desired ${vbucketList(input.vbuckets)}`)]
    case "ReplicatorAnswered":
      return [message("replicator", "manager", `${input.connection}: ${told(input.outcome)}`)]
    case "ReplicatorDied":
      return [note(["manager"], `replicator ${input.connection} died`)]
  }
}

const managerOutput = (output: ManagerOutput): ReadonlyArray<Occurrence> => {
  switch (output._tag) {
    case "StartReplicator":
      return [message("manager", "replicator", `start ${output.connection}`, "dashed")]
    case "SetupReplication":
      return [message("manager", "replicator", `${output.connection}: set up ${vbucketList(output.vbuckets)}`)]
    case "Answer":
      return [message("manager", "caller", output.result === "ok" ? "answer ok" : "answer: rebalance fails")]
  }
}
