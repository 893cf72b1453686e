/** Stories of views that come and go, with nothing that fails. */
import { put, t, tablet, u, v, w } from "../../../../impl/view-building/node/local-cluster.ts"
import { ViewId } from "../../../../spec/view-building/ids.ts"
import { building, goesOn, type Story } from "../story.ts"

const observing = "view_building_worker_pause_state_observer"

export const builds: ReadonlyArray<Story> = [
  {
    name: "a view of a base with rows",
    happens: (cluster) => cluster.soon(cluster.on("B").operator.createView(t, v))
  },
  {
    name: "a second view after the first",
    happens: async (cluster) => {
      await cluster.soon(cluster.on("B").operator.createView(t, v))
      await cluster.settle()
      await cluster.soon(cluster.on("C").operator.createView(t, w))
    }
  },
  {
    name: "a table that is made with a view, and a row of it",
    happens: async (cluster) => {
      await cluster.soon(cluster.on("B").operator.createTable(u, [tablet(9, "C.1")], [w]))
      await cluster.write("A", put("x", 3), u)
    }
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
  },
  {
    name: "one of two views is dropped while batches run, which fail",
    happens: async (cluster) => {
      const release = cluster.hold(/A asks for a read barrier/)
      await cluster.soon(cluster.on("B").operator.createView(t, w))
      await building(cluster)
      release()
      await cluster.flush()
      await cluster.soon(cluster.on("C").operator.dropView(v))
      cluster.everywhere("do_build_range_fail", "enable")
      await goesOn(cluster)
    }
  },
  {
    name: "a view is dropped while batches run, and another base waits",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.soon(cluster.on("A").operator.createTable(u, [tablet(9, "C.1")]))
      await cluster.soon(cluster.on("A").operator.createView(u, w))
      await cluster.soon(cluster.on("C").operator.dropView(v))
      await goesOn(cluster)
    }
  },
  {
    name: "a base goes out of hand at each moment of a batch's end",
    happens: async (cluster) => {
      for (let moment = 0; moment < 12; moment++) {
        const view = ViewId.make(`v${moment}`)
        const release = cluster.hold(/of C\.0 has tried/)
        await cluster.soon(cluster.on("A").operator.createView(t, view))
        cluster.inject("C", observing)
        await cluster.soon(cluster.on("A").operator.dropView(view))
        release()
        for (let turn = 0; turn < moment; turn++) await Promise.resolve()
        cluster.member("C").injections.disable(observing)
        await cluster.pass(300)
      }
      await cluster.soon(cluster.on("A").operator.createView(t, v))
    }
  },
  {
    name: "a host comes back, and there is nothing to do",
    happens: async (cluster) => {
      cluster.mark("C", false)
      await cluster.pass(100)
      cluster.mark("C", true)
      await cluster.pass(100)
    }
  }
]
