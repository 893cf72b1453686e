/** What happens to staging sstables while somebody has yet to process them. */
import { at, put, t, token } from "../../../../impl/view-building/node/local-cluster.ts"
import { SstableId } from "../../../../spec/view-building/ids.ts"
import { building, goesOn, type Story } from "../story.ts"

const generatorPaused = "view_update_generator_pause_before_processing"
const registratorPaused = "view_building_worker_pause_before_starting_staging_registrator"

export const sstables: ReadonlyArray<Story> = [
  {
    name: "a staging sstable is rewritten under another name",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.soon(cluster.on("A").load(t, put("s", 3)))
      const [known] = cluster.of("StagingListed")
      if (known !== undefined)
        await cluster.soon(cluster.on("A").rewrite(known.shard, known.sstable, SstableId.make("s-anew")))
    }
  },
  {
    name: "a generator stops while it processes",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.soon(cluster.on("A").load(t, put("s", 3)))
      cluster.inject("A", "view_update_generator_stop", true)
      await goesOn(cluster)
      await cluster.pass(1000)
    }
  },
  {
    name: "a tablet with staging sstables does not come after all",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.soon(cluster.on("A").load(t, put("s", 3)))
      cluster.inject("C", "stream_tablet_wait")
      await cluster.soon(cluster.on("A").operator.move(t, token(4), [at("C.1"), at("B.0")]))
      await cluster.until(() => cluster.of("StagingListed").some(({ node }) => node === "C"), 5)
      cluster.inject("A", "stream_tablet_move_to_cleanup")
      cluster.inject("C", "stream_tablet_fail")
      cluster.network.kill(at("A.0").node, at("C.0").node)
      await cluster.until(() => cluster.stage(4) === null, 5)
    }
  },
  {
    name: "a table is dropped that has staging sstables",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.soon(cluster.on("A").load(t, put("s", 3)))
      await cluster.soon(cluster.on("B").operator.dropTable(t))
    }
  },
  {
    name: "a table is dropped before its staging sstables are registered",
    happens: async (cluster) => {
      await building(cluster)
      cluster.inject("A", registratorPaused)
      await cluster.soon(cluster.on("A").load(t, put("s", 3)))
      await cluster.soon(cluster.on("B").operator.dropTable(t))
    }
  },
  {
    name: "tablets are merged before staging sstables are registered",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.soon(cluster.on("A").operator.resize(t, "split"))
      cluster.inject("A", registratorPaused)
      await cluster.soon(cluster.on("A").load(t, put("s", 1)))
      await cluster.soon(cluster.on("B").operator.resize(t, "merge"))
    }
  },
  {
    name: "a node falls with a task done that is not collected, and a new staging sstable",
    happens: async (cluster) => {
      await building(cluster)
      await cluster.soon(cluster.on("A").load(t, put("s", 3)))
      await goesOn(cluster)
      await cluster.until(() => cluster.of("SstableProcessed").length > 0, 5)
      cluster.inject("A", registratorPaused)
      await cluster.soon(cluster.on("A").load(t, put("x", 3)))
      await cluster.crash("A")
      cluster.member("A").injections.disable(registratorPaused)
      cluster.revive("A")
    }
  },
  {
    name: "a tablet goes to another shard of its node before its staging sstables are registered",
    happens: async (cluster) => {
      await building(cluster)
      cluster.inject("A", registratorPaused)
      await cluster.soon(cluster.on("A").load(t, put("s", 3)))
      await cluster.soon(cluster.on("A").operator.move(t, token(4), [at("A.1"), at("B.0")], "intranode_migration"))
      await cluster.until(() => cluster.stage(4) === null, 5)
    }
  },
  {
    name: "a tablet is to move while one of its staging sstables is processed",
    endsAsItIs: true,
    without: ["VB-F3", "VB-F10"],
    happens: async (cluster) => {
      await building(cluster)
      await cluster.soon(cluster.on("A").load(t, put("s", 3)))
      cluster.inject("A", generatorPaused)
      await goesOn(cluster)
      await cluster.until(() => cluster.of("AttemptBegan").some(({ sstables: all }) => all.length > 0), 5)
      await cluster.soon(cluster.on("A").operator.move(t, token(4), [at("C.1"), at("B.0")]))
      await cluster.pass(1000)
    }
  }
]
