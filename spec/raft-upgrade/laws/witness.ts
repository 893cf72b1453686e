/** How a witness of the way to group 0 is written down. */
import { witnessing } from "../../witness.ts"
import type { RaftUpgradeLabel } from "../labels.ts"

export const witness = witnessing<RaftUpgradeLabel>("RU", "dossier raft-upgrade 4")
