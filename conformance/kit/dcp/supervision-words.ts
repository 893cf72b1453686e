/** How the inputs and outputs of the processes above a proxy pair read in a divergence. */
import type {
  ManagerInput,
  ManagerOutput,
  Outcome,
  ReplicatorInput,
  ReplicatorOutput
} from "../../../spec/dcp/supervision.ts"
import { describeCrash, describeReply, describeRequest } from "../../report/dcp-words.ts"

const describeOutcome = (outcome: Outcome): string =>
  outcome._tag === "Exited" ? "exited" : describeReply(outcome.value)

export const describeReplicatorInput = (input: ReplicatorInput): string => {
  switch (input._tag) {
    case "SetupReplication":
      return `setup-replication caller=${input.call} vbuckets=[${input.vbuckets.join(", ")}]`
    case "TakeoverReplication":
      return `takeover caller=${input.call} vb=${input.vbucket}`
    case "WorkerDone":
      return `worker: ${describeOutcome(input.outcome)}`
    case "ChildExited":
      return `${input.child} exited: ${describeCrash(input.reason)}`
    case "Stop":
      return `stop: ${input.reason}`
    case "ShutDone":
      return `shut: ${describeOutcome(input.outcome)}`
    case "ShutTimedOut":
      return "shut timed out"
  }
}

export const describeReplicatorOutput = (output: ReplicatorOutput): string => {
  switch (output._tag) {
    case "SpawnWorker":
      return describeRequest("worker" as never, output.request)
    case "Answer":
      return `answer ${output.call}: ${describeReply(output.value)}`
    case "ExitCaller":
      return `call ${output.call}: exits`
    case "ShutConsumer":
      return "to consumer-connection: shut-connection"
    case "EndProxies":
      return `both proxies end: ${output.how}`
    case "Exit":
      return `exit: ${output.reason}`
  }
}

export const describeManagerInput = (input: ManagerInput): string => {
  switch (input._tag) {
    case "SetDesired":
      return `set-desired caller=${input.call} vbuckets=[${input.vbuckets.join(", ")}]`
    case "ReplicatorAnswered":
      return `replicator ${input.connection}: ${describeOutcome(input.outcome)}`
    case "ReplicatorDied":
      return `replicator ${input.connection} died`
  }
}

export const describeManagerOutput = (output: ManagerOutput): string => {
  switch (output._tag) {
    case "StartReplicator":
      return `start replicator ${output.connection}`
    case "SetupReplication":
      return `replicator ${output.connection}: setup-replication [${output.vbuckets.join(", ")}]`
    case "Answer":
      return `answer ${output.call}: ${output.result}`
  }
}
