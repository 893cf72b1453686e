// Goal: every law can be told from its absence. Method: each has a history that it accepts, and one that it refuses and says why.
import { claimLaws } from "../laws.test-support.ts"
import { assumptions } from "./assumptions.ts"
import { crossingExamples } from "./examples/crossing.test-support.ts"
import { groupExamples } from "./examples/groups.test-support.ts"
import { stateExamples } from "./examples/states.test-support.ts"
import { waitingExamples } from "./examples/waiting.test-support.ts"
import { upgradeWitnesses } from "./laws/witnesses.ts"
import { laws, upgradeLaws } from "./laws.ts"

claimLaws({
  protocol: "raft upgrade",
  prefix: "RU",
  letters: "SVW",
  laws,
  judging: upgradeLaws,
  witnesses: upgradeWitnesses,
  assumptions,
  examples: [...stateExamples, ...groupExamples, ...crossingExamples, ...waitingExamples]
})
