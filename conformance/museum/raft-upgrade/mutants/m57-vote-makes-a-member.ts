import { changed } from "../../../../impl/raft-upgrade/group0/change.ts"
import { mutant } from "../mutant.ts"

const added: typeof changed = (configuration, change) => {
  const { purpose, member } = change
  const isKnown = configuration.members.some(({ node }) => node === member.node)
  return purpose === "becomeNonVoter" && !isKnown
    ? { ...configuration, members: [...configuration.members, { ...member, voter: false }] }
    : changed(configuration, change)
}

export const M57 = mutant(
  "M57",
  {
    sentence: "Whoever is to lose his vote, and is in the group no more, comes into it by that.",
    origin: "scylladb commit 3b9765dac8; dossier 5, row 57",
    breaks: ["S20"],
    seenIn: "a dead node is removed again by one that has missed how it went"
  },
  { machinery: { changed: added } }
)
