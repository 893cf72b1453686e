// Goal: every law can be told from its absence. Method: each has a history that it accepts, and one that it refuses and says why.
import { claimLaws } from "../laws.test-support.ts"
import { assumptions } from "./assumptions.ts"
import { callExamples } from "./examples/calls.test-support.ts"
import { dataExamples } from "./examples/data.test-support.ts"
import { groupZeroExamples } from "./examples/group-zero.test-support.ts"
import { waitingExamples } from "./examples/waiting.test-support.ts"
import { workerExamples } from "./examples/workers.test-support.ts"
import { buildingLaws, buildingWitnesses, laws } from "./laws.ts"

claimLaws({
  protocol: "view building",
  prefix: "VB",
  letters: "SDLW",
  laws,
  judging: buildingLaws,
  witnesses: buildingWitnesses,
  assumptions,
  examples: [...groupZeroExamples, ...callExamples, ...workerExamples, ...dataExamples, ...waitingExamples]
})
