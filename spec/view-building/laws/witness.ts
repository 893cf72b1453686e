/** How a witness of view building is written down. */
import { witnessing } from "../../witness.ts"
import type { ViewBuildingLabel } from "../labels.ts"

export const witness = witnessing<ViewBuildingLabel>("VB", "dossier view-building 4")
