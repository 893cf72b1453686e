/** Stories of views that come and go, with nothing that fails. */
import { put, t, v, w } from "../../../../impl/view-building/node/local-cluster.ts"
import { building, goesOn, type Story } from "../story.ts"

export const builds: ReadonlyArray<Story> = [
  {
    name: "a view of a base with rows",
    happens: (cluster) => cluster.soon(cluster.on("B").operator.createView(t, v))
  },
  {
    name: "a second view while a base is flushed for the first, and a deletion",
    happens: async (cluster) => {
      const flushed = "view_building_worker_pause_after_flush_before_recording_flushed_views"
      cluster.everywhere(flushed, "enable")
      await cluster.soon(cluster.on("B").operator.createView(t, v))
      await cluster.write("A", put("e", 3))
      await cluster.soon(cluster.on("B").operator.createView(t, w))
      await cluster.write("A", put("e", 3, 2, null))
      cluster.everywhere(flushed, "disable")
    }
  },
  {
    name: "a second view while batches of the first run",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.soon(cluster.on("C").operator.createView(t, w))
      await cluster.write("B", put("a", 1, 2, null))
      await cluster.write("C", put("e", 5))
      await goesOn(cluster)
    }
  }
]
