// Goal: what a node has stored it finds again, and it begins with nothing where any of it was damaged. Method: a node's directory,
// cut off at every byte of every file.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { NodeId } from "../../../spec/metadata.ts"
import { GroupId, Mutation, ServerId, StateId } from "../../../spec/raft-upgrade/ids.ts"
import { newDirectory } from "../../runtime/scratch.test-support.ts"
import { writeWholeFile } from "../../runtime/storage/whole-file.ts"
import { openFileDisk } from "./file-disk.ts"
import { NodeStore } from "./node-store.ts"

const group = GroupId.make(7)
const server = ServerId.make(3)
const peer = NodeId.make("B")

const openIn = async (directory: string): Promise<NodeStore> => NodeStore.open(await openFileDisk(directory))

/** A directory with one of everything. */
const filled = async (): Promise<string> => {
  const directory = newDirectory()
  const store = await openIn(directory)
  await store.local.update(() => ({ state: "synchronize", group, server }))
  await store.discovery.update(() => [{ node: peer, server: null }])
  await store.ring.update((row) => ({ ...row, bootstrap: "completed", peers: [peer], featureSeen: true }))
  await store.data.update(() => ({ schema: [Mutation.make("m")], history: StateId.make(5) }))
  const rows = await store.rows(group)
  const members = [{ node: peer, server, voter: true }]
  await rows.update((known) => ({ ...known, snapshot: 1, applied: 1, configuration: { members, joint: false } }))
  return directory
}

const nothing = { state: null, group: null, server: null, discovery: [], schema: [], history: null }

const found = {
  state: "synchronize",
  group,
  server,
  discovery: [{ node: "B", server: null }],
  schema: ["m"],
  history: 5
}

describe("raft upgrade: storage: files", () => {
  test("everything that was stored is found again", async () => {
    const directory = await filled()
    const store = await openIn(directory)
    expect(store.found).toEqual(found)
    expect(store.ring.value).toEqual({ bootstrap: "completed", peers: ["B"], left: [], featureSeen: true })
    expect(store.hasRows(group)).toBe(true)
    expect((await store.rows(group)).value.applied).toBe(1)
    expect(readdirSync(directory).sort()).toEqual(["discovery", "local", "raft-7", "ring", "schema"])
  })

  test("a file that is cut off at any byte is refused, with its name, the byte and what was expected", async () => {
    const directory = await filled()
    for (const name of readdirSync(directory)) {
      const path = join(directory, name)
      const whole = readFileSync(path)
      for (let length = 0; length < whole.length; length++) {
        writeFileSync(path, whole.subarray(0, length))
        await expect(openIn(directory)).rejects.toThrow(`${path}, byte ${length}: the file ends, and `)
      }
      writeFileSync(path, whole)
    }
    expect((await openIn(directory)).found).toEqual(found)
  })

  test("a file that was taken away is missed, and that of the node's group too", async () => {
    for (const name of ["discovery", "local", "raft-7", "ring", "schema"]) {
      const directory = await filled()
      rmSync(join(directory, name))
      await expect(openIn(directory)).rejects.toThrow(`${join(directory, name)}: the file is missing, and `)
    }
    const directory = await filled()
    rmSync(join(directory, "raft-7"))
    await (await openFileDisk(directory)).write("local", JSON.stringify({ state: null, group: null, server }))
    rmSync(join(directory, "ring"))
    await expect(openIn(directory)).rejects.toThrow(`${join(directory, "ring")}: the file is missing, and `)
  })

  test("a node that fell as it began for the first time begins anew", async () => {
    const directory = newDirectory()
    const begun = ["local", "discovery", "schema", "ring"]
    for (let there = 0; there < begun.length; there++) {
      await openIn(directory)
      for (const name of begun.slice(there)) rmSync(join(directory, name))
      expect((await openIn(directory)).found).toEqual(nothing)
      expect(readdirSync(directory).sort()).toEqual(begun.toSorted())
    }
  })

  test("a text that is whole and means nothing is refused", async () => {
    const directory = await filled()
    const path = join(directory, "local")
    await writeWholeFile({ path, format: "portcullis raft upgrade local 1" }, `{"state":7}`)
    await expect(openIn(directory)).rejects.toThrow(`${path}: the text is none that a node writes there: `)
  })

  test("an operator's edits are there for whoever begins next", async () => {
    const directory = await filled()
    const store = await openIn(directory)
    await store.edit({ _tag: "WriteState", text: "recovery" })
    await store.edit({ _tag: "EraseGroup" })
    await store.edit({ _tag: "EraseDiscovery" })
    await store.edit({ _tag: "EraseHistory" })
    const erased = { ...found, state: "recovery", group: null, discovery: [], history: null }
    expect((await openIn(directory)).found).toEqual(erased)
    await store.edit({ _tag: "DeleteState" })
    await store.edit({ _tag: "EraseServer" })
    expect((await openIn(directory)).found).toEqual({ ...erased, state: null, server: null })
  })
})
