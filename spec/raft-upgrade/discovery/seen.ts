/** A step of a node that looks for group 0 in the words of a whole cluster, in which the laws are written. */
import type { RaftUpgradeLabel } from "../labels.ts"
import type { DiscoveryLabel } from "./labels.ts"
import { type DiscoveryInput, type DiscoveryOutput, looker } from "./messages.ts"

const node = looker

/** The labels of a step. What it found on its disk as it began nobody outside has seen. */
export const seenAs = ({ input, outputs }: DiscoveryLabel): ReadonlyArray<RaftUpgradeLabel> => [
  ...before(input),
  ...outputs.flatMap(after)
]

const before = (input: DiscoveryInput): ReadonlyArray<RaftUpgradeLabel> => {
  switch (input._tag) {
    case "Begins":
      return [{ _tag: "DiscoveryBegan", node }]
    case "Falls":
      return [{ _tag: "Stopped", node }]
    case "Answered":
      return [{ _tag: "ExchangeHeard", node, of: input.by, answer: input.answer }]
    case "Fails":
      return [{ _tag: "ExchangeHeard", node, of: input.to, answer: null }]
    case "PauseEnds":
    case "Asked":
      return []
  }
}

const after = (output: DiscoveryOutput): ReadonlyArray<RaftUpgradeLabel> => {
  switch (output._tag) {
    case "ServerStored":
      return [{ _tag: "ServerStored", node, server: output.server }]
    case "PeersStored":
      return [{ _tag: "PeersStored", node, peers: output.peers }]
    case "Asks":
      return [{ _tag: "ExchangeAsked", node, to: output.to, peers: output.peers }]
    case "Answers":
      return [{ _tag: "ExchangeAnswered", node, to: output.to, answer: output.answer }]
    case "Finds":
      return [{ _tag: "GroupFound", node, group: output.group, via: output.via }]
    case "GivesUp":
      return [{ _tag: "FiberFailed", node, why: "a peer has two servers" }]
    case "EndsItself":
      return [{ _tag: "Crashed", node, why: "a peer has two servers" }]
    case "Pauses":
    case "Leads":
      return []
  }
}
