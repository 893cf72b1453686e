/** The view building worker of one shard, for adapters in any language. */
import {
  bounded,
  type InputKind,
  inputKinds,
  inputsOf,
  roomy,
  small
} from "../../../model/view-building/worker/alone/bounds.ts"
import { type AloneDesign, asShipped, inOrder, reference } from "../../../model/view-building/worker/alone/design.ts"
import type { WorkerLabel } from "../../../spec/view-building/worker/labels.ts"
import { workerRoleLaws } from "../../../spec/view-building/worker/laws.ts"
import { WorkerInput, WorkerOutput } from "../../../spec/view-building/worker/messages.ts"
import { isDied, isStrange } from "../../kit/role-under-test.ts"
import { tourGraph, workerGraph } from "../../kit/view-building/worker-ground.ts"
import { afterStep, emptyHands } from "../../kit/view-building/worker-hands.ts"
import { workerPart } from "../../kit/view-building/worker-part.ts"
import type { RemoteRole, RemoteVariant } from "../remote-role.ts"
import { choosing } from "./choosing.ts"

type Worker = RemoteRole<WorkerLabel, WorkerInput, WorkerOutput, never>

const variant = (name: string, design: AloneDesign): RemoteVariant<WorkerLabel, WorkerInput, WorkerOutput, never> => ({
  name,
  // With few things to ask for stories go deep; with many, whatever is rare comes soon.
  walks: [bounded, roomy].map((bounds) => () => workerGraph(design, bounds)),
  bounded: () => tourGraph(design, bounded)
})

/** A worker that is stopped or falls all the time has never done anything. */
const rare: ReadonlySet<InputKind> = new Set(["BarrierEndsLater", "AppliedSeveral", "Drain", "Restart"])
const usually = 8

const weighted = inputKinds.flatMap((kind) => Array.from({ length: rare.has(kind) ? 1 : usually }, () => kind))

export const viewBuildingWorkerRole: Worker = {
  role: workerPart.role,
  input: WorkerInput,
  output: WorkerOutput,
  shown: undefined,
  part: workerPart,
  labels: (input, { outputs }) => [
    {
      _tag: "WorkerStep",
      input,
      outputs: outputs.flatMap((output) => (isDied(output) || isStrange(output) ? [] : [output]))
    }
  ],
  isLast: isDied,
  mayDie: false,
  laws: workerRoleLaws,
  environment: choosing<typeof emptyHands, WorkerLabel, WorkerInput>({
    init: emptyHands,
    on: afterStep,
    kinds: (hands) => weighted.map((kind) => inputsOf(kind, hands, roomy))
  }),
  variants: [variant("reference", reference), variant("asShipped", asShipped), variant("inOrder", inOrder)],
  vectors: {
    paths: () => tourGraph(inOrder, small),
    variant: "reference",
    told: () => tourGraph(reference, small)
  }
}
