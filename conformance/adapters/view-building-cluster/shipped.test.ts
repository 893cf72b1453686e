// Goal: each repair of the reference is needed. Method: the twin with one choice as scylladb ships it, in a storm or a story whose
// end the laws do not accept. The laws named are those of dossier 5b.
import { describe, expect, test } from "vitest"
import { asShipped as shippedCoordinator } from "../../../impl/view-building/coordinator/options.ts"
import {
  at,
  Cluster,
  type ClusterOptions,
  put,
  t,
  token,
  v,
  w
} from "../../../impl/view-building/node/cluster.test-support.ts"
import { asShipped as shippedWorker } from "../../../impl/view-building/worker/options.ts"
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import { judged } from "./judged.test-support.ts"
import { Storm } from "./storm.test-support.ts"

const paused = "view_building_worker_pause_build_range_task"

const worker = <Name extends keyof typeof shippedWorker>(name: Name): ClusterOptions => ({
  worker: { [name]: shippedWorker[name] }
})
const coordinator = <Name extends keyof typeof shippedCoordinator>(name: Name): ClusterOptions => ({
  coordinator: { [name]: shippedCoordinator[name] }
})

/** The ids of the laws that a history breaks. */
const broken = (labels: ReadonlyArray<ViewBuildingLabel>): ReadonlyArray<string> =>
  judged(labels).map((sentence) => sentence.split(" ")[0] ?? "")

const building = async (options: ClusterOptions): Promise<Cluster> => {
  const cluster = await Cluster.withTable(options)
  cluster.everywhere(paused, "enable")
  await cluster.soon(cluster.on("B").operator.createView(t, v))
  return cluster
}

describe("view building: cluster: as shipped: storms", () => {
  for (const { number, choice, seed, law } of [
    { number: "M33", choice: worker("rewritten"), seed: 13, law: "VB-L4" },
    { number: "M34", choice: worker("truncation"), seed: 22, law: "VB-D3" },
    { number: "M41", choice: worker("tablet"), seed: 2, law: "VB-S7" },
    { number: "M42", choice: worker("reuses"), seed: 7, law: "VB-S16" },
    { number: "M42", choice: worker("discovers"), seed: 7, law: "VB-S16" }
  ])
    test(`${number} breaks ${law} in storm ${seed}: ${JSON.stringify(choice.worker)}`, async () => {
      const labels: ViewBuildingLabel[] = []
      // A storm that something is stuck in does not end well, and what was told of it says why.
      await Storm.of(seed, 60, { ...choice, heard: (label) => labels.push(label) }).catch(() => {})
      expect(broken(labels)).toContain(law)
    })
})

interface Story {
  readonly title: string
  readonly choice: ClusterOptions
  readonly law: string
  readonly happens: (cluster: Cluster) => Promise<void>
}

const stories: ReadonlyArray<Story> = [
  {
    title: "M38 a generator that stops in the middle leaves an sstable without a task",
    choice: worker("generatorStopped"),
    law: "VB-S14",
    happens: async (cluster) => {
      await cluster.soon(cluster.on("A").load(t, put("s", 3)))
      cluster.inject("A", "view_update_generator_stop", true)
      cluster.everywhere(paused, "disable")
      await cluster.settle()
    }
  },
  {
    title: "M39 the staging task of a replica that was to come is for nobody once it does not",
    choice: coordinator("pendingStaging"),
    law: "VB-S7",
    happens: async (cluster) => {
      await cluster.soon(cluster.on("A").load(t, put("s", 3)))
      cluster.inject("C", "stream_tablet_wait")
      await cluster.soon(cluster.on("A").operator.move(t, token(4), [at("C.1"), at("B.0")]))
      await cluster.until(() => cluster.of("StagingListed").some(({ node }) => node === "C"))
      cluster.inject("A", "stream_tablet_move_to_cleanup")
      cluster.inject("C", "stream_tablet_fail")
      cluster.network.kill(at("A.0").node, at("C.0").node)
      await cluster.until(() => cluster.stage(4) === null)
    }
  },
  {
    title: "M40 a table that is dropped leaves its staging tasks behind",
    choice: coordinator("dropTable"),
    law: "VB-S7",
    happens: async (cluster) => {
      await cluster.soon(cluster.on("A").load(t, put("s", 3)))
      await cluster.soon(cluster.on("B").operator.dropTable(t))
    }
  },
  {
    // Clients' writes come to the view from its creation on; what is loaded is put into staging only once it is STARTED.
    title: "M90 a deletion that is loaded before a view is STARTED never comes to it, and a row stays that was deleted",
    choice: worker("stages"),
    law: "VB-D2",
    happens: async (cluster) => {
      await cluster.soon(cluster.on("B").operator.dropView(v))
      cluster.everywhere("view_building_coordinator_pause_main_loop", "enable")
      await cluster.soon(cluster.on("B").operator.createView(t, w))
      await cluster.write("A", put("k", 3, 5))
      for (const name of ["A", "B"]) await cluster.soon(cluster.on(name).load(t, put("k", 3, 6, null)))
      cluster.everywhere("view_building_coordinator_pause_main_loop", "disable")
      cluster.everywhere(paused, "disable")
      await cluster.settle()
    }
  },
  {
    title: "M44 what is applied between the look and the sleep is not heard of",
    choice: coordinator("hears"),
    law: "VB-L6",
    happens: async (cluster) => {
      await cluster.soon(cluster.on("B").operator.dropView(v))
      cluster.inject("A", "view_building_coordinator_wait_before_await_event")
      await cluster.elect("B")
      await cluster.elect("A")
      await cluster.soon(cluster.on("B").operator.createView(t, w))
      cluster.member("A").injections.disable("view_building_coordinator_wait_before_await_event")
      await cluster.pass(5000)
    }
  },
  {
    title: "M46 an observer that waits for a batch keeps its node from applying",
    choice: worker("observer"),
    law: "VB-L7",
    happens: async (cluster) => {
      await cluster.soon(cluster.on("A").load(t, put("s", 3)))
      cluster.inject("A", "view_update_generator_pause_before_processing")
      cluster.everywhere(paused, "disable")
      await cluster.until(() => cluster.of("AttemptBegan").some(({ sstables }) => sstables.length > 0))
      await cluster.soon(cluster.on("A").operator.move(t, token(4), [at("C.1"), at("B.0")]))
      await cluster.pass(1000)
    }
  }
]

describe("view building: cluster: as shipped: stories", () => {
  for (const { title, choice, law, happens } of stories)
    test(`${title}: ${law}`, async () => {
      const [shipped, reference] = [await building(choice), await building({})]
      await happens(shipped)
      await happens(reference)
      expect(broken(shipped.labels)).toContain(law)
      expect(broken(reference.labels)).not.toContain(law)
    })

  test("M37 a transition that is taken back makes alive what another tablet has aborted", async () => {
    for (const [choice, alive] of [
      [coordinator("rollsBack"), 1],
      [{}, 0]
    ] as const) {
      const cluster = await building(choice)
      await cluster.soon(cluster.on("A").operator.resize(t, "split"))
      cluster.inject("A", "stream_tablet_move_to_cleanup")
      cluster.inject("C", "stream_tablet_fail")
      cluster.inject("A", "handle_tablet_migration_end_migration")
      await cluster.soon(cluster.on("A").operator.move(t, token(4), [at("A.1"), at("B.0")]))
      await cluster.soon(cluster.on("A").operator.move(t, token(2), [at("C.1"), at("B.0")]))
      await cluster.until(() => cluster.stage(2) === null)
      const left = cluster.state.tasks.filter(({ lastToken, replica }) => lastToken === 4 && replica.node === "A")
      expect(left.filter(({ state }) => state === "alive").length).toBe(alive)
      expect(cluster.stage(4)).toBe("end_migration")
    }
  })
})
