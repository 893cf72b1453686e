/** The museums of clusters behind lines. */
import { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import * as upgrade from "../raft-upgrade/battery.ts"
import { changeOf as upgradeChangeOf } from "../raft-upgrade/mutant.ts"
import { mutants as upgradeMutants } from "../raft-upgrade/mutants.ts"
import * as building from "../view-building/battery.ts"
import { mutants as buildingMutants } from "../view-building/mutants.ts"
import type { Exhibit } from "./exhibit.ts"
import { historiesOf } from "./histories-of.ts"

const viewBuilding = historiesOf({
  protocol: "view-building",
  label: ViewBuildingLabel,
  battery: building.battery,
  mutants: buildingMutants,
  unchanged: {},
  changeOf: building.changeOf,
  face: building.face
})

const raftUpgrade = historiesOf({
  protocol: "raft-upgrade",
  label: RaftUpgradeLabel,
  battery: upgrade.battery,
  mutants: upgradeMutants,
  unchanged: {},
  changeOf: upgradeChangeOf,
  face: upgrade.face
})

export const histories: ReadonlyArray<Exhibit> = [...viewBuilding, ...raftUpgrade]
