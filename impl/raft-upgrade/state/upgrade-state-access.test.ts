import { describe, expect, test } from "vitest"
import { NodeId } from "../../../spec/metadata.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { post, pre, recovery, synchronize } from "../../../spec/raft-upgrade/states.ts"
import { settle } from "../../runtime/scratch.test-support.ts"
import { UpgradeInjections } from "../injections.ts"
import { asShipped, reference, type UpgradeOptions } from "../options.ts"
import { MemoryDisk } from "../storage/memory-disk.ts"
import { NodeStore } from "../storage/node-store.ts"
import { StateEdited, UpgradeStateAccess } from "./upgrade-state-access.ts"

const self = NodeId.make("A")

const open = async (options: UpgradeOptions = reference, text: string | null = null) => {
  const store = await NodeStore.open(new MemoryDisk().open())
  await store.local.update((local) => ({ ...local, state: text }))
  const labels: RaftUpgradeLabel[] = []
  const injections = new UpgradeInjections()
  const tell = (label: RaftUpgradeLabel): number => labels.push(label)
  const access = new UpgradeStateAccess({ self, local: store.local, injections, tell, options })
  return { store, labels, injections, access }
}

describe("raft upgrade: state", () => {
  test("a text that nobody knows is recovery, and none is the beginning", async () => {
    expect((await open(reference, "nonsense")).access.now).toBe(recovery)
    expect((await open()).access.now).toBe(pre)
  })

  test("S7 a change waits for nobody, the next state waits for it, and whoever looks then waits for that", async () => {
    const { access, labels } = await open()
    const held = await access.get()
    const going = access.set(synchronize)
    const looking = access.get()
    await settle()
    expect([held.state, access.now, labels.length]).toEqual([pre, pre, 0])
    held.release()
    await going
    expect((await looking).state).toBe(synchronize)
    expect(labels.map(({ _tag }) => _tag)).toEqual(["StateStored", "StateEntered"])
  })

  test("S6 nobody sees the earlier state once the later is on disk", async () => {
    const { access, injections, store } = await open()
    injections.enable("group0_upgrade_pause_between_disk_and_memory")
    const going = access.set(synchronize)
    await settle()
    expect(store.local.value.state).toBe(synchronize)
    const looking = access.get()
    await settle()
    injections.disable("group0_upgrade_pause_between_disk_and_memory")
    await going
    expect((await looking).state).toBe(synchronize)
  })

  test("whoever waits for the end of the way is woken there", async () => {
    const { access } = await open(reference, synchronize)
    const waiting = access.upgraded(new AbortController().signal)
    await access.set(post)
    await waiting
    await access.upgraded(new AbortController().signal)
  })

  test("M47: what an operator has written meanwhile stays; shipped, it is written over", async () => {
    const { access, store } = await open()
    await store.edit({ _tag: "WriteState", text: recovery })
    await expect(access.set(synchronize)).rejects.toThrow(StateEdited)
    expect([store.local.value.state, access.now]).toEqual([recovery, pre])
    const shipped = await open(asShipped)
    await shipped.store.edit({ _tag: "WriteState", text: recovery })
    await shipped.access.set(synchronize)
    expect(shipped.store.local.value.state).toBe(synchronize)
  })
})
