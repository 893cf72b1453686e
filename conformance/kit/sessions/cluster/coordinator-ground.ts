/** Where topology coordinators are checked. */
import type { Metadata } from "../../../../spec/sessions/metadata.ts"
import { graphFor } from "../../stage.ts"
import { coordinatorAlone, type Forgets } from "./coordinator-alone.ts"
import { firstForCoordinator } from "./coordinator-orders.ts"
import { coordinatorPart } from "./coordinator-part.ts"

/** What a replay needs to know to set up the same. */
export interface CoordinatorSetting {
  readonly forgets: Forgets
}

/** The graph of a coordinator alone, prepared for whoever plays it. */
export const coordinatorGraph = ({ forgets }: CoordinatorSetting, first: Metadata = firstForCoordinator) =>
  graphFor(coordinatorAlone(first, forgets), coordinatorPart)
