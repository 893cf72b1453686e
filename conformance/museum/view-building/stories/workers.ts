/** What two coordinators, and group 0, have one shard's worker do. */
import { type Cluster, put, t, tablet, u, v, w } from "../../../../impl/view-building/node/local-cluster.ts"
import { building, goesOn, type Story } from "../story.ts"

const mainLoopPaused = "view_building_coordinator_pause_main_loop"
const applyDelayed = "group0_state_machine::delay_apply"
const observerPaused = "view_building_worker_pause_state_observer"

const paused = "view_building_worker_pause_build_range_task"
const generatorPaused = "view_update_generator_pause_before_processing"

/** Lets something begin that others are in the way of. */
const ask = async (cluster: Cluster, what: Promise<unknown>): Promise<void> => {
  what.catch(() => {})
  await cluster.flush()
}

export const workers: ReadonlyArray<Story> = [
  {
    name: "a base is truncated while a view is built from it",
    happens: async (cluster) => {
      await building(cluster)
      await ask(cluster, cluster.on("B").operator.truncate(t))
      await goesOn(cluster)
      await cluster.write("A", put("z", 2))
    }
  },
  {
    name: "another coordinator comes, and another view, while batches run",
    happens: async (cluster) => {
      await building(cluster)
      cluster.inject("C", mainLoopPaused)
      await cluster.elect("C")
      await cluster.soon(cluster.on("B").operator.createView(t, w))
      cluster.member("C").injections.disable(mainLoopPaused)
      await cluster.pass(100)
    }
  },
  {
    name: "another coordinator comes, and another view, when batches are over",
    happens: async (cluster) => {
      await building(cluster)
      cluster.inject("C", mainLoopPaused)
      await goesOn(cluster)
      await cluster.elect("C")
      await cluster.soon(cluster.on("B").operator.createView(t, w))
      cluster.member("C").injections.disable(mainLoopPaused)
      await cluster.pass(100)
    }
  },
  {
    name: "another coordinator calls a node that is behind, where a batch ends",
    endsAsItIs: true,
    without: ["VB-F1"],
    happens: async (cluster) => {
      await building(cluster)
      cluster.inject("B", applyDelayed)
      await cluster.elect("C")
      await goesOn(cluster)
      await cluster.flush()
    }
  },
  {
    name: "another coordinator calls a node that is behind, and whose observer is late",
    happens: async (cluster) => {
      await building(cluster)
      const { injections } = cluster.member("B")
      cluster.inject("B", observerPaused)
      await cluster.soon(cluster.on("A").operator.createTable(u, [tablet(9, "C.1")]))
      cluster.inject("B", applyDelayed)
      await cluster.elect("C")
      injections.disable(observerPaused)
      await cluster.flush()
      injections.disable(applyDelayed)
      await cluster.flush()
    }
  },
  {
    name: "a view goes, and another base comes in hand, where nobody looks",
    happens: async (cluster) => {
      await cluster.soon(cluster.on("A").operator.createTable(u, [tablet(9, "B.0", "A.0")]))
      await building(cluster)
      await cluster.soon(cluster.on("B").operator.createView(u, w))
      cluster.inject("B", observerPaused)
      await cluster.soon(cluster.on("B").operator.dropView(v))
      await cluster.elect("C")
      await cluster.pass(100)
      cluster.member("B").injections.disable(observerPaused)
    }
  },
  {
    name: "a table goes while one of its sstables is processed, and another base has a batch there",
    endsAsItIs: true,
    without: ["VB-F3"],
    happens: async (cluster) => {
      await cluster.soon(cluster.on("A").operator.createTable(u, [tablet(9, "B.0")]))
      await cluster.write("A", put("a", 1), u)
      await building(cluster)
      await cluster.soon(cluster.on("B").load(t, put("s", 3)))
      await cluster.soon(cluster.on("A").operator.createView(u, w))
      cluster.inject("B", generatorPaused)
      cluster.member("B").injections.disable(paused)
      await cluster.until(() => cluster.of("AttemptBegan").some(({ sstables }) => sstables.length > 0), 5)
      cluster.inject("B", paused)
      cluster.inject("B", observerPaused)
      await cluster.soon(cluster.on("A").operator.dropTable(t))
      await cluster.elect("C")
      cluster.member("B").injections.disable(generatorPaused)
      await cluster.pass(100)
    }
  },
  {
    name: "a view goes while a batch rests, and nobody looks",
    happens: async (cluster) => {
      cluster.everywhere(paused, "enable")
      await cluster.soon(cluster.on("B").operator.createView(t, v))
      await cluster.soon(cluster.on("B").operator.createView(t, w))
      cluster.inject("B", "do_build_range_fail", true)
      await goesOn(cluster)
      cluster.inject("B", observerPaused)
      await cluster.soon(cluster.on("A").operator.dropView(v))
      await cluster.pass(2000)
    }
  },
  {
    name: "a view goes when a call for it has caught up with group 0",
    endsAsItIs: true,
    without: ["VB-F3"],
    happens: async (cluster) => {
      cluster.everywhere(paused, "enable")
      const release = cluster.hold(/^call .* of B\.0 has caught up/)
      await cluster.soon(cluster.on("B").operator.createView(t, v))
      await cluster.soon(cluster.on("B").operator.createView(t, w))
      await cluster.soon(cluster.on("B").operator.dropView(v))
      release()
      await cluster.flush()
    }
  },
  {
    name: "a view comes while writes are on their way that know nothing of it",
    happens: async (cluster) => {
      const release = cluster.hold(/^storage: RowsCame/)
      await ask(cluster, cluster.write("A", put("e", 3)))
      await ask(cluster, cluster.on("B").operator.createView(t, v))
      release()
    }
  },
  {
    name: "a view comes while a stream is on its way that knows nothing of it",
    happens: async (cluster) => {
      const release = cluster.hold(/^storage: RowsCame/)
      await ask(cluster, cluster.on("A").load(t, put("e", 3)))
      await ask(cluster, cluster.on("B").load(t, put("e", 3)))
      await ask(cluster, cluster.on("B").operator.createView(t, v))
      release()
    }
  },
  {
    name: "another view comes behind a write that knows nothing of it",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.write("A", put("e", 3))
      await cluster.soon(cluster.on("B").operator.createView(t, w))
    }
  },
  {
    name: "a write sets out while a flush waits for a stream, and then a view comes",
    happens: async (cluster) => {
      cluster.inject("A", mainLoopPaused)
      await cluster.elect("A")
      await cluster.soon(cluster.on("B").operator.createView(t, v))
      const release = cluster.hold(/^storage: StagingCame/)
      await ask(cluster, cluster.on("A").load(t, put("s", 3)))
      cluster.member("A").injections.disable(mainLoopPaused)
      await cluster.flush()
      cluster.hold(/^storage: RowsCame/)
      await ask(cluster, cluster.write("A", put("f", 2)))
      await ask(cluster, cluster.on("B").operator.createView(t, w))
      release()
      await cluster.pass(300)
    }
  }
]
