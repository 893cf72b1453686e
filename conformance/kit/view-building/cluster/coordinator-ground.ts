/** Where view building coordinators are checked. */

import { reference } from "../../../../model/view-building/variant.ts"
import { varied } from "../../../../model/view-building/varied.ts"
import { graphFor } from "../../stage.ts"
import { coordinatorAlone } from "./coordinator-alone.ts"
import { narrow, roomy } from "./coordinator-orders.ts"
import { coordinatorPart } from "./coordinator-part.ts"

const sceneries = { roomy, narrow } as const

/** What a replay needs to know to set up the same. */
export interface CoordinatorSetting {
  readonly variant: Readonly<Record<string, string>>
  readonly scenery: keyof typeof sceneries
}

/** The graph of a coordinator alone, prepared for whoever plays it. */
export const coordinatorGraph = ({ variant, scenery }: CoordinatorSetting) =>
  graphFor(coordinatorAlone(varied(reference, variant), sceneries[scenery]), coordinatorPart)
