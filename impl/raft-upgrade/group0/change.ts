import type { NodeId } from "../../../spec/metadata.ts"
import type { Configuration, Member } from "../../../spec/raft-upgrade/messages.ts"
import type { Change } from "../network/network.ts"

const byServer = (one: Member, other: Member): number => one.server - other.server

/** A group's configuration after a change; the same one where the change changes nothing. */
export const changed = (configuration: Configuration, { purpose, member }: Change): Configuration => {
  const { members } = configuration
  const known = members.find(({ node }) => node === member.node)
  const others = members.filter((one) => one !== known)
  const having = (one: Member): Configuration => ({ members: [...others, one].sort(byServer), joint: false })
  switch (purpose) {
    case "create":
      return configuration
    case "join":
      return known?.server === member.server ? configuration : having(member)
    case "becomeVoter":
    case "becomeNonVoter": {
      const voter = purpose === "becomeVoter"
      // Row 57: who is no member does not become one by its vote.
      return known === undefined || known.voter === voter ? configuration : having({ ...known, voter })
    }
    case "leave":
    case "remove":
      return known === undefined ? configuration : { members: others, joint: false }
  }
}

export const votersOf = ({ members }: Configuration): ReadonlyArray<NodeId> =>
  members.flatMap(({ node, voter }) => (voter ? [node] : []))

export const isMember = ({ members }: Configuration, node: NodeId): boolean => members.some((one) => one.node === node)
