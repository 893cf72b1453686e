/** A staff at work. */
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { Rule } from "../../kernel/system.ts"
import type { Setting } from "./setting.ts"
import type { Staff } from "./staff.ts"

export interface Staffing extends Staff {
  rules(setting: Setting): ReadonlyArray<Rule<ViewBuildingLabel>>
}
