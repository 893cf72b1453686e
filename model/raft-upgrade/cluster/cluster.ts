/**
 * A cluster on its way from the old path to group 0: nodes that begin, fall, look for the group, join, and cross over together.
 *
 * Source: dossier `raft-upgrade.md` 2. How discovery comes to its end is left to discovery alone.
 */
import type { Law } from "../../../spec/law.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { System } from "../../kernel/system.ts"
import { beforeRules } from "./before.ts"
import { bootstrapRules } from "./bootstrap-rules.ts"
import type { UpgradeBounds } from "./bounds.ts"
import { listed, upgradeCells } from "./cells.ts"
import { changeRules } from "./change-rules.ts"
import { cutRules } from "./cut-rules.ts"
import { fallRules } from "./fall-rules.ts"
import { fiberRules } from "./fiber-rules.ts"
import { gossipRules } from "./gossip-rules.ts"
import { joinRules } from "./join-rules.ts"
import { orderRules } from "./order-rules.ts"
import { reachRules } from "./reach-rules.ts"
import { recoveryRules } from "./recovery-rules.ts"
import { returnRules } from "./return-rules.ts"
import { ringRules } from "./ring-rules.ts"
import type { Setting } from "./setting.ts"
import { startRules } from "./start-rules.ts"
import { stepRules } from "./step-rules.ts"
import { stopRules } from "./stop-rules.ts"
import { syncRules } from "./sync-rules.ts"
import type { UpgradeVariant } from "./variant.ts"

/** The system of a variant within bounds, judged by the given laws. */
export const upgradeCluster = (
  variant: UpgradeVariant,
  bounds: UpgradeBounds,
  laws: ReadonlyArray<Law<RaftUpgradeLabel>>
): System<RaftUpgradeLabel> => {
  const cells = upgradeCells(bounds)
  const setting: Setting = { cells, variant, bounds }
  return {
    name: "raft upgrade",
    cells: listed(cells),
    rules: [
      ...beforeRules(setting),
      ...orderRules(setting),
      ...startRules(setting),
      ...bootstrapRules(setting),
      ...joinRules(setting),
      ...stepRules(setting),
      ...fiberRules(setting),
      ...syncRules(setting),
      ...reachRules(setting),
      ...cutRules(setting),
      ...stopRules(setting),
      ...fallRules(setting),
      ...gossipRules(setting),
      ...changeRules(setting),
      ...ringRules(setting),
      ...returnRules(setting),
      ...recoveryRules(setting)
    ],
    laws,
    observables: {}
  }
}
