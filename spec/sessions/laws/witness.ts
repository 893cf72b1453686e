/** How a witness of sessions is written down. */
import { witnessing } from "../../witness.ts"
import type { ClusterLabel } from "../labels.ts"

export const witness = witnessing<ClusterLabel>("SES", "dossier sessions 4")
