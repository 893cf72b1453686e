/** How a scope of a cluster is written down: what differs from the reference, and from the smallest bounds. */
import { upgradeLaws } from "../../../spec/raft-upgrade/laws.ts"
import { planned } from "../planned.ts"
import { assuming, small, type UpgradeBounds } from "./bounds.ts"
import { upgradeCluster } from "./cluster.ts"
import { reference, type UpgradeVariant, varied } from "./variant.ts"

export const scope = planned<UpgradeVariant, UpgradeBounds>(({ variant, bounds }, { variant: changed, without }) =>
  upgradeCluster(varied({ ...reference, ...variant }, changed), assuming({ ...small, ...bounds }, without), upgradeLaws)
)
