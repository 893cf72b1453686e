/** Stories of tablets that move, split and merge while a view is built. */
import { at, t, token } from "../../../../impl/view-building/node/local-cluster.ts"
import { building, goesOn, type Story } from "../story.ts"

export const tablets: ReadonlyArray<Story> = [
  {
    name: "a tablet moves while it is built from",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.soon(cluster.on("A").operator.move(t, token(4), [at("C.1"), at("B.0")]))
      await goesOn(cluster)
    }
  },
  {
    name: "a move is taken back",
    happens: async (cluster) => {
      await building(cluster)
      cluster.inject("C", "stream_tablet_fail")
      cluster.inject("A", "stream_tablet_move_to_cleanup")
      await cluster.soon(cluster.on("A").operator.move(t, token(4), [at("C.1"), at("B.0")]))
      await goesOn(cluster)
      await cluster.until(() => cluster.stage(4) === null)
    }
  }
]
