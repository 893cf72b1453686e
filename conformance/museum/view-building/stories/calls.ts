/** Stories of coordinators that follow each other, and of nodes that cannot be reached, fall or are shut down. */
import { at, put, t, tablet, u, v } from "../../../../impl/view-building/node/local-cluster.ts"
import { building, goesOn, type Story } from "../story.ts"

const delayed = "group0_state_machine::delay_apply"
const asleep = "view_building_coordinator_wait_before_await_event"
const flushed = "view_building_worker_pause_after_flush_before_recording_flushed_views"
const generating = "view_update_generator_pause_before_processing"
const paused = "view_building_worker_pause_build_range_task"

export const calls: ReadonlyArray<Story> = [
  {
    name: "another coordinator is elected while a call waits for its barrier",
    happens: async (cluster) => {
      cluster.inject("B", delayed)
      await cluster.soon(cluster.on("A").operator.createView(t, v))
      await cluster.elect("C")
    }
  },
  {
    name: "another coordinator is elected while batches run",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.elect("B")
      await goesOn(cluster)
    }
  },
  {
    name: "a call breaks while the coordinator is about to sleep",
    happens: async (cluster) => {
      cluster.inject("C", paused)
      await cluster.soon(cluster.on("A").operator.createView(t, v))
      await cluster.until(() => cluster.state.tasks.length === 1)
      cluster.inject("A", asleep)
      await cluster.soon(cluster.on("C").operator.createTable(u, [tablet(9, "C.1")]))
      cluster.network.kill(at("A.0").node, at("C.0").node)
      await cluster.flush()
      await cluster.pass(1500)
    }
  },
  {
    name: "a node is down, and nobody knows",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.crash("C")
      for (let tenth = 0; tenth < 15; tenth++) await cluster.pass(100)
    }
  },
  {
    name: "a host is down, and known to be, until it comes back",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.crash("C")
      cluster.mark("C", false)
      await goesOn(cluster)
      await cluster.pass(3000)
    }
  },
  {
    name: "a worker falls while it builds",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.restart("B")
      await goesOn(cluster)
    }
  },
  {
    name: "a replica of a view takes no rows for a while",
    happens: async (cluster) => {
      cluster.inject("C", "view_building_failure")
      await cluster.soon(cluster.on("A").operator.createView(t, v))
      await cluster.pass(1500)
    }
  },
  {
    name: "group 0 takes its time",
    happens: async (cluster) => {
      cluster.slow(/asks for a read barrier/, 300)
      void cluster.on("B").operator.createView(t, v)
      await cluster.until(() => cluster.isBuilt(v)).catch(() => {})
      await cluster.pass(2000)
    },
    endsAsItIs: true
  },
  {
    name: "a node is shut down while it flushes for a call",
    happens: async (cluster) => {
      cluster.inject("B", "view_building_worker_pause_state_observer")
      cluster.inject("B", flushed)
      await cluster.soon(cluster.on("A").operator.createView(t, v))
      void cluster.on("B").drain()
      await cluster.flush()
      cluster.member("B").injections.disable(flushed)
      await cluster.flush()
      await cluster.restart("B")
    }
  },
  {
    name: "a node is shut down while it builds",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.shutDown("B")
      await goesOn(cluster)
    }
  },
  {
    name: "a node is shut down while it processes a staging sstable",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.soon(cluster.on("B").load(t, put("s", 3)))
      cluster.inject("B", generating)
      await goesOn(cluster)
      await cluster.until(() => cluster.of("AttemptBegan").some(({ sstables }) => sstables.length > 0))
      await cluster.shutDown("B")
    }
  }
]
