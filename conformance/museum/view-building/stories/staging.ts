/** Stories of staging sstables: rows that come from elsewhere while a view is built. */
import { at, type Cluster, put, t, token, v } from "../../../../impl/view-building/node/local-cluster.ts"
import { NodeId } from "../../../../spec/metadata.ts"
import { building, goesOn, type Story } from "../story.ts"
import { moveAway } from "./tablets.ts"

const generating = "view_update_generator_pause_before_processing"
const failing = "view_update_generator_consume_staging_sstable"
const registering = "view_building_worker_pause_before_starting_staging_registrator"

const comes = (cluster: Cluster, node: string, key: string, at: number): Promise<boolean> =>
  cluster.soon(cluster.on(node).load(t, put(key, at)))

const isProcessing = (cluster: Cluster): boolean =>
  cluster.of("AttemptBegan").some(({ sstables }) => sstables.length > 0)

export const staging: ReadonlyArray<Story> = [
  {
    name: "a staging sstable, whose registrator is late to hear of its commit",
    happens: async (cluster) => {
      await building(cluster)
      await goesOn(cluster)
      const release = cluster.hold(/B hears of its commit/)
      await comes(cluster, "B", "s", 3)
      await cluster.pass(300)
      release()
    }
  },
  {
    name: "a staging sstable comes while another is registered",
    happens: async (cluster) => {
      await building(cluster)
      const release = cluster.hold(/B hears of its commit/)
      await comes(cluster, "B", "s", 3)
      await comes(cluster, "B", "r", 7)
      release()
      await goesOn(cluster)
    }
  },
  {
    name: "a deletion comes from elsewhere before a view is started",
    happens: async (cluster) => {
      const release = cluster.hold(/A asks for a read barrier/)
      await cluster.soon(cluster.on("B").operator.createView(t, v))
      await cluster.write("B", put("e", 3))
      for (const node of ["A", "B"]) await cluster.soon(cluster.on(node).load(t, put("e", 3, 2, null)))
      release()
    }
  },
  {
    name: "two staging sstables of one tablet",
    happens: async (cluster) => {
      await building(cluster)
      cluster.inject("A", registering)
      await comes(cluster, "A", "s", 3)
      await comes(cluster, "A", "r", 2)
      cluster.member("A").injections.disable(registering)
      await goesOn(cluster)
    }
  },
  {
    name: "a staging sstable comes while another of its tablet is processed",
    happens: async (cluster) => {
      await building(cluster)
      await comes(cluster, "A", "s", 3)
      cluster.inject("A", generating)
      await goesOn(cluster)
      await cluster.until(() => isProcessing(cluster))
      await comes(cluster, "A", "r", 2)
    }
  },
  {
    name: "a staging sstable is processed at the second try",
    happens: async (cluster) => {
      await building(cluster)
      await comes(cluster, "A", "s", 3)
      cluster.inject("A", failing, true)
      await goesOn(cluster)
    }
  },
  {
    name: "a staging sstable comes to a node that is cut off from group 0",
    happens: async (cluster) => {
      await building(cluster)
      cluster.group0.partition(NodeId.make("B"))
      await comes(cluster, "B", "s", 3)
      await cluster.pass(1500)
    }
  },
  {
    name: "a node comes back with a staging sstable",
    happens: async (cluster) => {
      await building(cluster)
      await comes(cluster, "B", "s", 3)
      await cluster.restart("B")
      await goesOn(cluster)
    }
  },
  {
    name: "a tablet moves with its staging sstable, and pauses as it is streamed",
    happens: async (cluster) => {
      await building(cluster)
      await comes(cluster, "A", "s", 3)
      cluster.inject("C", "stream_tablet_wait")
      await moveAway(cluster)
      await goesOn(cluster)
      await cluster.until(() => cluster.of("StagingListed").some(({ node }) => node === "C"))
      await cluster.pass(1000)
    }
  },
  {
    name: "a tablet moves with a staging sstable when all else is done",
    happens: async (cluster) => {
      await building(cluster)
      await comes(cluster, "A", "s", 3)
      cluster.inject("A", failing)
      await goesOn(cluster)
      await cluster.until(() => isProcessing(cluster))
      await cluster.pass(300)
      await moveAway(cluster)
      await cluster.until(() => cluster.stage(4) === null)
    }
  },
  {
    name: "a tablet moves within its node with a staging sstable",
    happens: async (cluster) => {
      await building(cluster)
      await comes(cluster, "A", "s", 3)
      await cluster.soon(cluster.on("A").operator.move(t, token(4), [at("A.1"), at("B.0")], "intranode_migration"))
      await goesOn(cluster)
    }
  },
  {
    name: "a tablet moves away before its staging sstable is registered",
    happens: async (cluster) => {
      await building(cluster)
      cluster.inject("A", registering)
      await comes(cluster, "A", "s", 3)
      await moveAway(cluster)
      await goesOn(cluster)
      await cluster.until(() => cluster.stage(4) === null)
    }
  },
  {
    name: "staging sstables of two tablets that become one",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.soon(cluster.on("A").operator.resize(t, "split"))
      await comes(cluster, "A", "s", 2)
      await comes(cluster, "A", "r", 4)
      await cluster.soon(cluster.on("A").operator.resize(t, "merge"))
      await goesOn(cluster)
    }
  },
  {
    name: "a tablet begins to move while a staging sstable is registered",
    happens: async (cluster) => {
      await building(cluster)
      const release = cluster.hold(/B hears of its commit/)
      await comes(cluster, "B", "s", 3)
      await moveAway(cluster)
      release()
      await goesOn(cluster)
    }
  }
]
