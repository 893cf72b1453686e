/** How the words of a node that looks for group 0 read in stories. */
import type { DiscoveryInput, DiscoveryOutput } from "../../../spec/raft-upgrade/discovery/messages.ts"
import type { ExchangeAnswer, PeerList } from "../../../spec/raft-upgrade/messages.ts"

/** Whom somebody knows, such as `A (server 1) and C (server unknown)`. */
const peerWords = (peers: PeerList): string =>
  peers.length === 0
    ? "nobody"
    : peers.map(({ node, server }) => `${node} (server ${server ?? "unknown"})`).join(" and ")

const answerWords = (answer: ExchangeAnswer): string => {
  switch (answer._tag) {
    case "None":
      return "nothing to say"
    case "Peers":
      return `it knows ${peerWords(answer.peers)}`
    case "Group":
      return `there is group ${answer.group}`
  }
}

/** What happens to a node, such as `A asks, and knows C (server 3)`. */
export const describeDiscoveryInput = (input: DiscoveryInput): string => {
  switch (input._tag) {
    case "Begins":
      return `the node begins, is told of ${input.contacts.join(" and ") || "nobody"}, and would be server ${input.fresh}`
    case "Falls":
      return "the node falls"
    case "PauseEnds":
      return "the pause is over"
    case "Asked":
      return `${input.by} asks, and knows ${peerWords(input.peers)}`
    case "Answered":
      return `${input.by} answers: ${answerWords(input.answer)}`
    case "Fails":
      return `${input.to} does not answer`
  }
}

/** What a node does, such as `asks C, and tells of B (server 2)`. */
export const describeDiscoveryOutput = (output: DiscoveryOutput): string => {
  switch (output._tag) {
    case "ServerStored":
      return `stores that it is server ${output.server}`
    case "PeersStored":
      return `stores that it knows ${peerWords(output.peers)}`
    case "Asks":
      return `asks ${output.to}, and tells of ${peerWords(output.peers)}`
    case "Answers":
      return `answers ${output.to}: ${answerWords(output.answer)}`
    case "Pauses":
      return "pauses"
    case "Leads":
      return "creates the group"
    case "Finds":
      return `has found group ${output.group} by ${output.via}`
    case "GivesUp":
      return "gives up"
    case "EndsItself":
      return "ends itself"
  }
}
