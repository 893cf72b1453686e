/** What whoever surrounds a node that looks for group 0 knows of it who sees no more than its steps. */
import type { Hands } from "../../../model/raft-upgrade/discovery/one/bounds.ts"
import type { DiscoveryLabel } from "../../../spec/raft-upgrade/discovery/labels.ts"
import type { DiscoveryInput, DiscoveryOutput } from "../../../spec/raft-upgrade/discovery/messages.ts"

/** Nobody has begun yet. */
export const emptyHands: Hands = { isUp: false, hasServer: false, rests: false, asked: [] }

export const afterStep = (before: Hands, { input, outputs }: DiscoveryLabel): Hands =>
  outputs.reduce(afterOutput, afterInput(before, input))

const afterInput = (now: Hands, input: DiscoveryInput): Hands => {
  switch (input._tag) {
    case "Begins":
      return { ...now, isUp: true }
    case "Falls":
      return { ...emptyHands, hasServer: now.hasServer }
    case "PauseEnds":
      return { ...now, rests: false }
    case "Answered":
      return { ...now, asked: now.asked.filter((one) => one !== input.by) }
    case "Fails":
      return { ...now, asked: now.asked.filter((one) => one !== input.to) }
    case "Asked":
      return now
  }
}

const afterOutput = (now: Hands, output: DiscoveryOutput): Hands => {
  switch (output._tag) {
    case "ServerStored":
      return { ...now, hasServer: true }
    case "Asks":
      return { ...now, asked: [...now.asked, output.to] }
    case "Pauses":
      return { ...now, rests: true }
    case "GivesUp":
      return { ...now, rests: false }
    case "EndsItself":
      return { ...emptyHands, hasServer: now.hasServer }
    case "PeersStored":
    case "Answers":
    case "Leads":
    case "Finds":
      return now
  }
}
