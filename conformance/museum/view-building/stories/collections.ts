/** What happens between a task's end and its row's. */
import { at, put, t, tablet, token, u, v, w } from "../../../../impl/view-building/node/local-cluster.ts"
import { ViewId } from "../../../../spec/view-building/ids.ts"
import { building, goesOn, type Story } from "../story.ts"

const y = ViewId.make("y")

const mainLoopPaused = "view_building_coordinator_pause_main_loop"
const paused = "view_building_worker_pause_build_range_task"
const generatorPaused = "view_update_generator_pause_before_processing"

export const collections: ReadonlyArray<Story> = [
  {
    name: "two views of a base, and nothing is in the way",
    happens: async (cluster) => {
      cluster.everywhere(paused, "enable")
      await cluster.soon(cluster.on("B").operator.createView(t, v))
      await cluster.soon(cluster.on("B").operator.createView(t, w))
    }
  },
  {
    name: "two bases wait for the coordinator, and the one that is first has the later tasks",
    happens: async (cluster) => {
      await cluster.soon(cluster.on("A").operator.createTable(u, [tablet(9, "C.1")]))
      cluster.inject("A", mainLoopPaused)
      await cluster.elect("A")
      await cluster.soon(cluster.on("B").operator.createView(u, w))
      await cluster.soon(cluster.on("B").operator.createView(t, v))
      await cluster.soon(cluster.on("B").operator.createView(t, y))
      cluster.everywhere(paused, "enable")
      cluster.member("A").injections.disable(mainLoopPaused)
      cluster.member("A").injections.message(paused)
      await cluster.flush()
      await cluster.pass(300)
      cluster.member("A").injections.disable(paused)
      await cluster.pass(300)
    }
  },
  {
    name: "a base comes that is first while another is in hand",
    happens: async (cluster) => {
      await cluster.soon(cluster.on("A").operator.createTable(u, [tablet(9, "C.1")]))
      cluster.everywhere(paused, "enable")
      await cluster.soon(cluster.on("B").operator.createView(u, w))
      await cluster.soon(cluster.on("B").operator.createView(t, v))
    }
  },
  {
    name: "a tablet moves when its tasks are reported and not collected",
    happens: async (cluster) => {
      await building(cluster)
      cluster.inject("C", "stream_tablet_wait")
      await goesOn(cluster)
      await cluster.soon(cluster.on("A").operator.move(t, token(4), [at("C.1"), at("B.0")]))
      await cluster.pass(300)
      cluster.member("C").injections.disable("stream_tablet_wait")
    }
  },
  {
    name: "a command that collects is lost",
    happens: async (cluster) => {
      await building(cluster)
      await goesOn(cluster)
      cluster.member("A").group0.loseNext("command")
      await cluster.pass(300)
    }
  },
  {
    name: "a staging sstable is processed when everything else is done",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.soon(cluster.on("A").load(t, put("s", 3)))
      cluster.inject("A", generatorPaused)
      await goesOn(cluster)
      await cluster.pass(500)
    }
  },
  {
    name: "a tablet moves when everything else is done",
    happens: async (cluster) => {
      await building(cluster)
      cluster.inject("C", "stream_tablet_wait")
      await cluster.soon(cluster.on("A").operator.move(t, token(4), [at("C.1"), at("B.0")]))
      await goesOn(cluster)
      await cluster.pass(1000)
      cluster.member("C").injections.disable("stream_tablet_wait")
    }
  },
  {
    name: "a node is drained while one of two views is built",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.soon(cluster.on("A").operator.drain(at("C.0").node))
      await goesOn(cluster)
      cluster.everywhere(paused, "enable")
      await cluster.soon(cluster.on("A").operator.createView(t, w))
      await cluster.pass(500)
    }
  },
  {
    name: "rows come from elsewhere to a tablet that was built from",
    happens: async (cluster) => {
      cluster.inject("C", paused)
      await cluster.soon(cluster.on("B").operator.createView(t, v))
      await cluster.pass(300)
      await cluster.soon(cluster.on("A").load(t, put("s", 3)))
      await cluster.soon(cluster.on("B").load(t, put("s", 3)))
    }
  },
  {
    name: "something is applied between the coordinator's look and its sleep",
    happens: async (cluster) => {
      cluster.inject("A", "view_building_coordinator_wait_before_await_event")
      await cluster.elect("B")
      await cluster.elect("A")
      await cluster.soon(cluster.on("B").operator.createView(t, w))
      cluster.member("A").injections.disable("view_building_coordinator_wait_before_await_event")
    }
  }
]
