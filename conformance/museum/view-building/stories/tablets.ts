/** Stories of tablets that move, split and merge while a view is built. */
import { at, type Cluster, t, token, v } from "../../../../impl/view-building/node/local-cluster.ts"
import { building, goesOn, type Story } from "../story.ts"

/** Has tablet 4 leave node A for node C. */
export const moveAway = (cluster: Cluster): Promise<void> =>
  cluster.soon(cluster.on("A").operator.move(t, token(4), [at("C.1"), at("B.0")]))

export const tablets: ReadonlyArray<Story> = [
  {
    name: "a tablet moves while it is built from",
    happens: async (cluster) => {
      await building(cluster)
      await moveAway(cluster)
      await goesOn(cluster)
    }
  },
  {
    name: "a move is taken back",
    happens: async (cluster) => {
      await building(cluster)
      cluster.inject("C", "stream_tablet_fail")
      cluster.inject("A", "stream_tablet_move_to_cleanup")
      await moveAway(cluster)
      await goesOn(cluster)
      await cluster.until(() => cluster.stage(4) === null)
    }
  },
  {
    name: "a plan proposes three moves of one tablet",
    happens: async (cluster) => {
      await building(cluster)
      const moves = [
        ["C.1", "B.0"],
        ["A.0", "C.1"],
        ["A.1", "B.0"]
      ]
      const plan = moves.map((next) => ({ kind: "migration" as const, next: next.map(at) }))
      await cluster.soon(cluster.on("A").operator.propose(t, token(4), plan))
      await goesOn(cluster)
    }
  },
  {
    name: "a replica more, and one less",
    happens: async (cluster) => {
      await building(cluster)
      const { operator } = cluster.on("A")
      await cluster.soon(operator.move(t, token(4), [at("A.0"), at("B.0"), at("C.1")], "rebuild"))
      await cluster.soon(operator.move(t, token(9), [at("C.0")], "rebuild"))
      await goesOn(cluster)
    }
  },
  {
    name: "a split, and two of four tablets become one",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.soon(cluster.on("A").operator.resize(t, "split"))
      await cluster.soon(cluster.on("C").operator.joinTablets(t, token(6)))
      await goesOn(cluster)
    }
  },
  {
    name: "a tablet moves while a node is of an older release",
    old: ["C"],
    happens: async (cluster) => {
      await cluster.soon(cluster.on("A").operator.move(t, token(4), [at("A.1"), at("B.0")], "intranode_migration"))
      await cluster.until(() => cluster.stage(4) === null)
      await cluster.upgrade("C")
      await cluster.soon(cluster.on("A").operator.enable("VIEW_BUILDING_COORDINATOR"))
      await cluster.soon(cluster.on("A").operator.enable("VIEW_BUILDING_TASKS_MIN_TASK_ID"))
      await cluster.soon(cluster.on("C").operator.createView(t, v))
    }
  }
]
