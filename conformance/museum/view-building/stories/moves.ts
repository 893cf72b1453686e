/** What happens to tablets, and to nodes, while a view is built from them. */
import { at, put, t, token, w } from "../../../../impl/view-building/node/local-cluster.ts"
import { NodeId } from "../../../../spec/metadata.ts"
import { building, type Story } from "../story.ts"

const D = NodeId.make("D")

const paused = "view_building_worker_pause_build_range_task"

export const moves: ReadonlyArray<Story> = [
  {
    name: "a view comes while a tablet moves",
    happens: async (cluster) => {
      await building(cluster)
      cluster.inject("C", "stream_tablet_wait")
      await cluster.soon(cluster.on("A").operator.move(t, token(4), [at("C.1"), at("B.0")]))
      await cluster.soon(cluster.on("B").operator.createView(t, w))
      cluster.member("C").injections.disable("stream_tablet_wait")
      await cluster.until(() => cluster.stage(4) === null, 5)
    }
  },
  {
    name: "a view comes while a tablet gets one replica more, and staging sstables wait",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.soon(cluster.on("A").load(t, put("s", 3)))
      cluster.inject("C", "stream_tablet_wait")
      await cluster.soon(cluster.on("A").operator.move(t, token(4), [at("A.0"), at("B.0"), at("C.1")], "rebuild"))
      await cluster.soon(cluster.on("B").operator.createView(t, w))
      cluster.member("C").injections.disable("stream_tablet_wait")
      await cluster.until(() => cluster.stage(4) === null, 5)
    }
  },
  {
    name: "one tablet's move is taken back while another of the same shard moves",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.soon(cluster.on("A").operator.resize(t, "split"))
      cluster.inject("A", "stream_tablet_move_to_cleanup")
      cluster.inject("C", "stream_tablet_fail")
      cluster.inject("A", "handle_tablet_migration_end_migration")
      await cluster.soon(cluster.on("A").operator.move(t, token(4), [at("A.1"), at("B.0")]))
      await cluster.soon(cluster.on("A").operator.move(t, token(2), [at("C.1"), at("B.0")]))
      await cluster.until(() => cluster.stage(2) === null, 5)
      cluster.member("A").injections.disable("handle_tablet_migration_end_migration")
      await cluster.until(() => cluster.stage(4) === null, 5)
    }
  },
  {
    name: "tablets are split, one half is done with, and they are merged",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.soon(cluster.on("B").operator.createView(t, w))
      await cluster.soon(cluster.on("A").operator.resize(t, "split"))
      cluster.member("A").injections.message(paused)
      await cluster.flush()
      await cluster.pass(300)
      await cluster.soon(cluster.on("C").operator.resize(t, "merge"))
    }
  },
  {
    name: "a node joins while a view is built, and leaves",
    happens: async (cluster) => {
      await building(cluster)
      cluster.boot(D)
      await cluster.soon(cluster.on("A").operator.join(D))
      await cluster.soon(cluster.on("A").operator.drain(D))
      await cluster.soon(cluster.on("A").operator.leave(D))
    }
  }
]
