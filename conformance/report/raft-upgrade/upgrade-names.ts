/** What things on the way to group 0 are called in stories. */
import type { UpgradeStep } from "../../../spec/raft-upgrade/labels.ts"
import type {
  CallFailure,
  Configuration,
  Edit,
  PeerList,
  Purpose,
  Refusal,
  SchemaSet
} from "../../../spec/raft-upgrade/messages.ts"
import { post, pre, recovery, synchronize, type UpgradeState } from "../../../spec/raft-upgrade/states.ts"
import { listed } from "../sessions/words.ts"

/** The states as everybody calls them, without what upstream writes around them. */
export const stateName: Readonly<Record<UpgradeState, string>> = {
  [recovery]: "recovery",
  [pre]: "pre",
  [synchronize]: "synchronize",
  [post]: "post"
}

/** What a state means where a node goes by it. */
export const stateMeaning: Readonly<Record<UpgradeState, string>> = {
  [recovery]: "group 0 is out of use here",
  [pre]: "schema changes are merged here and pushed to the others",
  [synchronize]: "schema changes are refused here",
  [post]: "schema changes here go by group 0"
}

/** What is so once a node is through with a step. */
export const stepOver: Readonly<Record<UpgradeStep, string>> = {
  dryRunOnPeers: "has had an answer of every peer (U1)",
  join: "has joined (U2)",
  allJoined: "ends its wait for its peers to be in the group (U3)",
  firstSync: "has heard of no schema that differs from its own (U4)",
  dryRunOnMembers: "has had an answer of every member (U5)",
  allSynchronize: "ends its wait for the members to be in synchronize (U7)",
  secondSync: "has heard of no schema that differs from its own (U8)",
  readBarrier: "has caught up with the group (B3)"
}

/** A step while it is tried. */
export const stepTried: Readonly<Record<UpgradeStep, string>> = {
  dryRunOnPeers: "asks its peers again",
  join: "tries to join again",
  allJoined: "looks again whether all have joined",
  firstSync: "compares schemas again",
  dryRunOnMembers: "asks the members again",
  allSynchronize: "asks again who is in synchronize",
  secondSync: "compares schemas again",
  readBarrier: "tries to catch up again"
}

/** What a node asks of a group, about itself or another. */
export const wish = (purpose: Purpose, node: string, of: string, group: string): string => {
  const isOwn = node === of
  switch (purpose) {
    case "create":
      return `to begin as ${group}`
    case "join":
      return isOwn ? `to be let into ${group}` : `to let ${of} into ${group}`
    case "becomeVoter":
      return isOwn ? `for a vote in ${group}` : `to give ${of} a vote in ${group}`
    case "becomeNonVoter":
      return isOwn ? `to have no vote in ${group} any more` : `to take the vote of ${of} in ${group} away`
    case "leave":
      return isOwn ? `to be let go by ${group}` : `to let ${of} go from ${group}`
    case "remove":
      return `to take ${of} out of ${group}`
  }
}

export const failureWords: Readonly<Record<CallFailure, string>> = {
  UnknownGroup: "whom it asked serves no such group",
  NoQuorum: "there is no majority, or none in time",
  TimedOut: "no answer came in time, and it may yet be so",
  Disconnected: "the connection broke",
  Garbled: "the answer made no sense",
  Aborted: "it is being stopped"
}

export const refusalWords: Readonly<Record<Refusal, string>> = {
  Synchronizing: "it is in synchronize",
  ConcurrentModification: "another command came first",
  NoQuorum: "group 0 has no majority",
  Stopping: "it is being stopped"
}

/** A schema as the set that it is. */
export const schemaWords = (schema: SchemaSet): string => (schema.length === 0 ? "{}" : `{${schema.join(", ")}}`)

/** Nodes that were heard of, each with its server where that is known. */
export const peersWords = (peers: PeerList): string =>
  peers.length === 0
    ? "nobody"
    : peers.map(({ node, server }) => `${node} (${server === null ? "server unknown" : `server ${server}`})`).join(", ")

/** Who is in a group: `A, B and C (no vote)`. */
export const membersWords = ({ members, joint }: Configuration): string =>
  `${listed(members.map(({ node, voter }) => (voter ? node : `${node} (no vote)`)))}${joint ? ", half way to another" : ""}`

/** What an operator does to a disk. The numbers are the recipe's. */
export const editWords = (edit: Edit, node: string): string => {
  switch (edit._tag) {
    case "WriteState":
      return `writes "${edit.text}" for the state on the disk of ${node} (R2)`
    case "DeleteState":
      return `deletes the state from the disk of ${node} (R7)`
    case "EraseGroup":
      return `erases the group's name from the disk of ${node} (R5)`
    case "EraseDiscovery":
      return `erases from the disk of ${node} whom it knows (R5)`
    case "EraseHistory":
      return `erases the history of commands from the disk of ${node} (R5)`
    case "EraseServer":
      return `erases its server's identity from the disk of ${node}`
  }
}
