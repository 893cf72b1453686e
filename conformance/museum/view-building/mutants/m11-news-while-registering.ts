import { Registrator } from "../../../../impl/view-building/node/registrator.ts"
import { mutant } from "../mutant.ts"

class WaitsForNews extends Registrator {
  protected override async work(): Promise<void> {
    await this.register()
    this.news.read()
    await this.news.sleep()
  }
}

export const M11 = mutant(
  "M11",
  {
    sentence: "The registrator sleeps without asking whether anything has come while it registered.",
    origin: "scylladb commit b4d794da96, SCYLLADB-3772",
    breaks: ["L6r", "L4"],
    seenIn: "a staging sstable comes while another is registered"
  },
  { machinery: { Registrator: WaitsForNews } }
)
