import { join } from "node:path"
import fc from "fast-check"
import { afterEach, describe, expect, test } from "vitest"
import { ShardId, TabletId } from "../../../spec/sessions/metadata.ts"
import { newDirectory, row, settle, shard, tablet } from "../example.test-support.ts"
import { FileStore } from "./file-store.ts"
import { MemoryDisk } from "./memory-store.ts"
import type { Store } from "./store.ts"

/** Files stay open until somebody closes them, also those that a crash is pretended of. */
const opened: Store[] = []
afterEach(() => Promise.all(opened.splice(0).map((store) => store.close())))

const disks: ReadonlyArray<readonly [string, () => () => Promise<Store>]> = [
  [
    "memory",
    () => {
      const disk = new MemoryDisk()
      return async () => disk.open()
    }
  ],
  [
    "files",
    () => {
      const directory = join(newDirectory(), "node")
      return async () => {
        const store = await FileStore.open(directory)
        opened.push(store)
        return store
      }
    }
  ]
]

describe.each(disks)("sessions: store in %s", (_, disk) => {
  test("what was appended is there after a restart, and the greatest timestamp wins whatever the order", async () => {
    const open = disk()
    const store = await open()
    await store.append(shard, tablet, [row("k", 2, "new"), row("a", 1, "x")])
    await store.append(shard, tablet, [row("k", 1, "old"), row("a", 1, null)])
    const expected = [row("a", 1, null), row("k", 2, "new")]
    expect(store.rows(shard, tablet)).toEqual(expected)
    expect((await open()).rows(shard, tablet)).toEqual(expected)
  })

  test("shards and tablets have their own rows, and a drop takes those of one alone", async () => {
    const open = disk()
    const store = await open()
    const other = { shard: ShardId.make(1), tablet: TabletId.make("u") }
    await store.append(shard, tablet, [row("k", 1, "x")])
    await store.append(shard, other.tablet, [row("k", 1, "y")])
    await store.append(other.shard, tablet, [row("k", 1, "z")])
    await store.drop(shard, tablet)
    const after = await open()
    expect(after.tablets(shard)).toEqual([other.tablet])
    expect(after.tablets(other.shard)).toEqual([tablet])
    expect(after.rows(shard, tablet)).toEqual([])
    expect(after.rows(other.shard, tablet)).toEqual([row("k", 1, "z")])
  })

  test("a purge forgets tombstones below a time, and an older value that comes then is not covered any more", async () => {
    const open = disk()
    const store = await open()
    await store.append(shard, tablet, [row("k", 2, null), row("l", 3, null), row("m", 1, "x")])
    await store.purge(shard, tablet, 3)
    expect(store.rows(shard, tablet)).toEqual([row("l", 3, null), row("m", 1, "x")])
    await store.append(shard, tablet, [row("k", 1, "risen"), row("l", 2, "hidden")])
    const expected = [row("k", 1, "risen"), row("l", 3, null), row("m", 1, "x")]
    expect((await open()).rows(shard, tablet)).toEqual(expected)
  })

  test("rows that were never sealed are seen by nobody and lost in a restart", async () => {
    const open = disk()
    const store = await open()
    const sealed = store.begin(shard, tablet)
    const lost = store.begin(shard, tablet)
    const discarded = store.begin(shard, tablet)
    for (const [rows, value] of [
      [sealed, "sealed"],
      [lost, "lost"],
      [discarded, "discarded"]
    ] as const)
      rows.add([row(value, 1, value)])
    expect(store.tablets(shard)).toEqual([])
    discarded.discard()
    await sealed.seal()
    await expect(discarded.seal()).rejects.toMatchObject({ name: "StoreUnavailable" })
    expect(store.rows(shard, tablet)).toEqual([row("sealed", 1, "sealed")])
    expect((await open()).rows(shard, tablet)).toEqual([row("sealed", 1, "sealed")])
  })

  test("a store that is closed takes nothing", async () => {
    const store = await disk()()
    await store.append(shard, tablet, [row("k", 1, "x")])
    await store.close()
    await expect(store.drop(shard, tablet)).rejects.toMatchObject({ name: "StoreUnavailable" })
  })

  test("any changes come to the same before and after a restart", async () => {
    const change = fc.oneof(
      fc.record({
        what: fc.constant("append" as const),
        key: fc.constantFrom("k", "l"),
        time: fc.nat(4),
        value: fc.option(fc.string())
      }),
      fc.record({ what: fc.constant("drop" as const) }),
      fc.record({ what: fc.constant("purge" as const), before: fc.nat(4) })
    )
    await fc.assert(
      fc.asyncProperty(fc.array(change), async (changes) => {
        const open = disk()
        const store = await open()
        await Promise.all(
          changes.map((change) => {
            if (change.what === "drop") return store.drop(shard, tablet)
            if (change.what === "purge") return store.purge(shard, tablet, change.before)
            return store.append(shard, tablet, [row(change.key, change.time, change.value)])
          })
        )
        const before = store.rows(shard, tablet)
        expect((await open()).rows(shard, tablet)).toEqual(before)
      }),
      { numRuns: 30 }
    )
  })
})

test("sessions: store in memory: what was not durable when the node crashed never will be", async () => {
  const turns: Array<() => void> = []
  const disk = new MemoryDisk(() => new Promise((resolve) => turns.push(resolve)))
  const crashed = disk.open()
  let isDurable = false
  void crashed.append(shard, tablet, [row("k", 1, "x")]).then(() => {
    isDurable = true
  })
  expect(crashed.rows(shard, tablet)).toHaveLength(1)
  const store = disk.open()
  for (const turn of turns) turn()
  await settle()
  expect({ isDurable, rows: store.rows(shard, tablet) }).toEqual({ isDurable: false, rows: [] })
  expect(disk.open().rows(shard, tablet)).toEqual([])
})
