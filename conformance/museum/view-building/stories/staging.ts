/** Stories of staging sstables: rows that come from elsewhere while a view is built. */
import { put, t } from "../../../../impl/view-building/node/local-cluster.ts"
import { building, goesOn, type Story } from "../story.ts"

export const staging: ReadonlyArray<Story> = [
  {
    name: "a staging sstable, whose registrator is late to hear of its commit",
    happens: async (cluster) => {
      await building(cluster)
      await goesOn(cluster)
      await cluster.flush()
      const release = cluster.hold(/B hears of its commit/)
      await cluster.soon(cluster.on("B").load(t, put("s", 3)))
      await cluster.pass(300)
      release()
    }
  }
]
