import { describe, expect, test } from "vitest"
import { Token } from "../../../spec/view-building/ids.ts"
import { breath, build, done, row, t, u, v, WorkerStage, w, x } from "./worker.test-support.ts"

const paused = "view_building_worker_pause_build_range_task"
const refused = (reason: string) => ({ _tag: "Refused", reason })

/** A stage whose batch of task 1 has read, and has written nothing yet. */
const building = async (...more: ReadonlyArray<ReturnType<typeof build>>): Promise<WorkerStage> => {
  const stage = new WorkerStage()
  stage.say({ tasks: [build(1), ...more] })
  stage.pause(paused)
  void stage.call(1)
  await breath()
  return stage
}

describe("view building: worker: batch", () => {
  test("does a task: goes over to the base, flushes it, reads, writes, and says what is done", async () => {
    const stage = new WorkerStage()
    stage.say({ tasks: [build(1)] })
    await stage.store.write(t, [row("k"), row("gone", 2, null)])
    expect(await stage.call(1)).toEqual(done(1))
    expect(stage.of("AttemptBegan")[0]?.rows).toHaveLength(2)
    expect(stage.of("ViewWritten")[0]?.rows).toEqual([{ key: "k", timestamp: 1, value: "k" }])
    expect(stage.told()).toEqual([
      ...["CallArrived", "BarrierEnded", "FlushBegan", "FlushEnded", "BatchBegan", "CallAttached"],
      ...["AttemptBegan", "ViewWritten", "AttemptEnded", "BatchEnded", "CallAnswered"]
    ])
  })

  test("S19 says at once what was done before, and starts nothing", async () => {
    const stage = new WorkerStage()
    stage.say({ tasks: [build(1), build(2, w)] })
    await stage.call(1)
    stage.told()
    expect(await stage.call(1, 2)).toEqual(done(1))
    expect(stage.told()).toEqual(["CallArrived", "CallAnswered"])
  })

  test("S27 a call for a task that is being done waits for the batch, one for others is refused", async () => {
    const stage = await building(build(2, w))
    const second = stage.call(1, 2)
    expect(await stage.call(2)).toEqual(refused("Busy"))
    stage.injections.disable(paused)
    expect(await second).toEqual(done(1))
    expect(stage.of("BatchBegan")).toHaveLength(1)
    expect(stage.of("CallAttached")).toHaveLength(2)
  })

  test("tries again after 1, 2, 4 s, up to 5 min, and tells nobody", async () => {
    const stage = new WorkerStage()
    stage.say({ tasks: [build(1)] })
    await stage.store.write(t, [row("k")])
    stage.failures = 12
    const answer = stage.call(1)
    const begins: number[] = []
    for (let second = 0; second < 1500 && stage.of("BatchEnded").length === 0; second++) {
      await breath()
      if (stage.of("AttemptBegan").length > begins.length) begins.push(second)
      stage.clock.advance(1000)
    }
    expect(begins.slice(1).map((at, index) => at - begins[index]!)).toEqual([
      1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300
    ])
    expect(await answer).toEqual(done(1))
  })

  test("W3w a call of another term is refused behind its barrier, and starts nothing", async () => {
    const stage = new WorkerStage()
    stage.say({ tasks: [build(1)] })
    stage.term = 2
    expect(await stage.call(1)).toEqual(refused("StaleTerm"))
    expect(stage.told()).toEqual(["CallArrived", "BarrierEnded", "CallAnswered"])
  })

  test("refuses what is not there, is for another place, or is aborted, and everything while no base is in hand", async () => {
    const stage = new WorkerStage()
    stage.say({ tasks: [build(2, v, { state: "aborted" }), build(3, x, { base: u })] })
    for (const id of [1, 2, 3]) expect(await stage.call(id)).toEqual(refused("TaskNotFound"))
    stage.say({ processing: null })
    expect(await stage.call(1)).toEqual(refused("BaseNotSet"))
  })
})

describe("view building: worker: observer", () => {
  test("a batch goes on without a task that is gone, and completes the others alone", async () => {
    const stage = new WorkerStage()
    stage.say({ tasks: [build(1), build(2, w)] })
    stage.pause(paused)
    const answer = stage.call(1, 2)
    await breath()
    stage.say({ tasks: [build(2, w)] })
    await stage.worker.observe()
    stage.injections.disable(paused)
    expect(await answer).toEqual(done(2))
    expect(stage.of("TasksDropped")).toMatchObject([{ tasks: [1] }])
  })

  test("S19 a batch that has no task left is aborted where it waits, and nothing of it is done", async () => {
    const stage = await building()
    const waiting = stage.call(1)
    await breath()
    stage.say({ tasks: [build(1, v, { state: "aborted" })] })
    await stage.worker.observe()
    expect(stage.of("BatchEnded")).toMatchObject([{ how: "aborted" }])
    expect(stage.of("ViewWritten")).toEqual([])
    expect(await waiting).toEqual(done())
  })

  test("S19 another base ends the batch, and what was done counts for nothing", async () => {
    const stage = await building()
    stage.say({ processing: u, tasks: [build(1), build(5, x, { base: u })] })
    stage.injections.disable(paused)
    expect(await stage.call(5)).toEqual(done(5))
    stage.say({ processing: t })
    stage.told()
    expect(await stage.call(1)).toEqual(done(1))
    expect(stage.told()).toContain("BatchBegan")
  })

  test("S20 the mutex is free while a call waits for its barrier", async () => {
    const stage = new WorkerStage()
    stage.say({ tasks: [build(1)] })
    stage.barrier = new Promise(() => {})
    void stage.call(1)
    await breath()
    await stage.worker.observe()
    expect(stage.of("FlushEnded")).toHaveLength(1)
  })

  test("M35 what a call finds is what the node knows when it has the mutex, not what it knew at the barrier", async () => {
    for (const [goesBy, answer] of [
      ["live", refused("TaskNotFound")],
      ["snapshot", done(1)]
    ] as const) {
      const stage = new WorkerStage({ goesBy })
      stage.say({ tasks: [build(1)] })
      const flushed = "view_building_worker_pause_after_flush_before_recording_flushed_views"
      stage.pause(flushed)
      const call = stage.call(1)
      await breath()
      stage.say({ tasks: [] })
      stage.injections.disable(flushed)
      expect(await call).toEqual(answer)
    }
  })
})

describe("view building: worker: flush", () => {
  test("S17 a view that comes later has a flush of its own, once", async () => {
    const stage = new WorkerStage()
    stage.state = { ...stage.state, tables: [{ ...stage.state.tables[0]!, views: [v] }] }
    stage.say({ tasks: [build(1)] })
    await stage.call(1)
    stage.say({ tables: [{ ...stage.state.tables[0]!, views: [v, w] }], tasks: [build(2, w), build(3, w)] })
    await stage.call(2)
    await stage.call(3)
    expect(stage.of("FlushEnded").map(({ views }) => views)).toEqual([[v], [v, w]])
  })

  test("S17 M14 M61 a view that comes while a flush waits, or runs, is not one that it was for", async () => {
    for (const [flushFor, flushes] of [
      ["firstOfAll", [[v], [v, w]]],
      ["beforeFlush", [[v, w]]]
    ] as const) {
      const stage = new WorkerStage({ flushFor })
      const tables = stage.state.tables
      stage.say({ tasks: [build(1)], tables: [{ ...tables[0]!, views: [v] }] })
      let come = (): void => {}
      void stage.store.coming(t, "write", () => new Promise<void>((resolve) => (come = resolve)))
      const call = stage.call(1)
      await breath()
      stage.say({ tables, tasks: [build(1), build(2, w)] })
      come()
      await call
      await stage.call(2)
      expect(stage.of("FlushEnded").map(({ views }) => views)).toEqual(flushes)
    }
  })
})

describe("view building: worker: drain", () => {
  test("S20 ends the batch, refuses who waits, and takes nothing in", async () => {
    const stage = await building()
    const waiting = stage.call(1)
    await breath()
    await stage.worker.drain()
    expect(await waiting).toEqual(refused("Drained"))
    expect(await stage.call(1)).toEqual(refused("Drained"))
    expect(stage.of("BatchEnded")).toMatchObject([{ how: "aborted" }])
  })

  test("S20 M07 a call that has the mutex starts its batch before the drain ends it", async () => {
    const stage = new WorkerStage()
    stage.say({ tasks: [build(1)] })
    const flushed = "view_building_worker_pause_after_flush_before_recording_flushed_views"
    stage.pause(flushed)
    stage.pause(paused)
    const call = stage.call(1)
    await breath()
    const drained = stage.worker.drain()
    stage.injections.disable(flushed)
    await drained
    expect(await call).toEqual(refused("Drained"))
    expect(stage.of("BatchEnded")).toMatchObject([{ how: "aborted" }])
  })
})

describe("view building: worker: staging", () => {
  test("S14 M17 an attempt that fails leaves its sstables on the list", async () => {
    const stage = new WorkerStage()
    stage.say({ tasks: [build(1, v, { type: "process_staging", view: null, lastToken: Token.make(9) })] })
    const sstable = "s1" as (typeof stage.listed)[number]["sstable"]
    await stage.store.stage(t, sstable, [row("k")])
    stage.listed.push({ sstable, base: t })
    stage.failures = 1
    const answer = stage.call(1)
    await breath()
    expect(stage.listed).toHaveLength(1)
    stage.clock.advance(1000)
    expect(await answer).toEqual(done(1))
    expect(stage.listed).toEqual([])
    expect(stage.store.data(t).staging).toEqual([])
    expect(stage.of("ViewWritten").map(({ view }) => view)).toEqual([v, w])
  })
})
