import {
  type News,
  ViewBuildingCoordinator
} from "../../../../impl/view-building/coordinator/view-building-coordinator.ts"
import { mutant } from "../mutant.ts"

class HearsOfNoCall extends ViewBuildingCoordinator {
  protected override hearsAwake(news: News): boolean {
    return news !== "call" && super.hearsAwake(news)
  }
}

export const M04 = mutant(
  "M04",
  {
    sentence: "The main loop hears of the end of a call only in its sleep.",
    origin: "scylladb commit c7f65131bf, issue 27298, SCYLLADB-2029",
    breaks: ["L6"],
    seenIn: "a call breaks while the coordinator is about to sleep"
  },
  { machinery: { ViewBuildingCoordinator: HearsOfNoCall } }
)
