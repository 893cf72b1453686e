import type { GroupId } from "../../../spec/raft-upgrade/ids.ts"
import type { Edit, Found, PeerList } from "../../../spec/raft-upgrade/messages.ts"
import { DamagedFile } from "../../runtime/storage/record-file.ts"
import type { Disk } from "./disk.ts"
import { Document } from "./document.ts"
import { Discovered, Local, RaftRows, Ring, SchemaData } from "./documents.ts"

const noRows: RaftRows = { snapshot: 0, applied: 0, configuration: { members: [], joint: false }, log: [] }

const freshRing: Ring = { bootstrap: "needs", peers: [], left: [], featureSeen: false }

interface Documents {
  readonly local: Document<Local>
  readonly discovery: Document<PeerList>
  readonly data: Document<SchemaData>
  readonly ring: Document<Ring>
}

/** In the order in which a node that begins for the first time puts them on its disk. */
const documentNames = ["local", "discovery", "data", "ring"] as const
const files = ["local", "discovery", "schema", "ring"]
const last = "ring"

/** Refuses a disk from which a file was taken: what it said is not known, and absent is not the same. */
const checkWhole = (disk: Disk, names: ReadonlyArray<string>): void => {
  const absent = files.find((name) => !names.includes(name))
  const isBegun = names.includes(last) || names.some((name) => name.startsWith("raft-"))
  if (absent !== undefined && isBegun) throw missing(disk, absent)
}

const missing = (disk: Disk, name: string): DamagedFile =>
  new DamagedFile(disk.where(name), "the file is missing, and others of this node are there")

/** Everything that a node has on its disk. It is read as a whole before anything of it is used. */
export class NodeStore {
  readonly local: Document<Local>
  readonly discovery: Document<PeerList>
  readonly ring: Document<Ring>
  readonly data: Document<SchemaData>
  readonly #disk: Disk
  readonly #groups: Map<GroupId, Document<RaftRows>>

  protected constructor(disk: Disk, documents: Documents, groups: Map<GroupId, Document<RaftRows>>) {
    this.#disk = disk
    this.#groups = groups
    this.local = documents.local
    this.discovery = documents.discovery
    this.ring = documents.ring
    this.data = documents.data
  }

  /** Reads all that is there. Rejects with `DamagedFile`, and has loaded nothing, where any of it was not written by a node. */
  static async open(disk: Disk): Promise<NodeStore> {
    const names = await disk.names()
    checkWhole(disk, names)
    const documents: Documents = {
      local: await Document.open<Local>(disk, "local", Local, { state: null, group: null, server: null }),
      discovery: await Document.open<PeerList>(disk, "discovery", Discovered, []),
      data: await Document.open<SchemaData>(disk, "schema", SchemaData, { schema: [], history: null }),
      ring: await Document.open<Ring>(disk, "ring", Ring, freshRing)
    }
    const groups = new Map<GroupId, Document<RaftRows>>()
    for (const name of names) {
      const number = /^raft-([0-9]+)$/.exec(name)?.[1]
      if (number !== undefined) groups.set(Number(number) as GroupId, await openRows(disk, name))
    }
    const { group } = documents.local.value
    if (group !== null && !groups.has(group))
      throw new DamagedFile(
        disk.where(rowsOf(group)),
        `the file is missing, and ${disk.where("local")} says that it is there`
      )
    const store = new this(disk, documents, groups)
    if (names.includes(last)) return store
    // A node that fell as it began for the first time has written nothing of its own yet.
    if (!store.isFresh) throw missing(disk, last)
    for (const name of documentNames) await documents[name].create()
    return store
  }

  /** Whether there is anything of a group. */
  hasRows(group: GroupId): boolean {
    return this.#groups.has(group)
  }

  /** The groups of which there is anything, those of before too. */
  get groups(): ReadonlyArray<GroupId> {
    return [...this.#groups.keys()]
  }

  async rows(group: GroupId): Promise<Document<RaftRows>> {
    const known = this.#groups.get(group)
    if (known !== undefined) return known
    const rows = await openRows(this.#disk, rowsOf(group))
    this.#groups.set(group, rows)
    return rows
  }

  /** Whether there is nothing on it that a node would have done. */
  get isFresh(): boolean {
    const { state, group, server, discovery, history, schema } = this.found
    return (
      state === null &&
      group === null &&
      server === null &&
      discovery.length === 0 &&
      history === null &&
      schema.length === 0
    )
  }

  get found(): Found {
    const { state, group, server } = this.local.value
    return { state, group, server, discovery: this.discovery.value, ...this.data.value }
  }

  /** Does what an operator does with a table by hand. Running code does not notice. Source: dossier 3, R2, R5, R7. */
  async edit(edit: Edit): Promise<void> {
    switch (edit._tag) {
      case "WriteState":
        await this.local.update((local) => ({ ...local, state: edit.text }))
        break
      case "DeleteState":
        await this.local.update((local) => ({ ...local, state: null }))
        break
      case "EraseGroup":
        await this.local.update((local) => ({ ...local, group: null }))
        break
      case "EraseServer":
        await this.local.update((local) => ({ ...local, server: null }))
        break
      case "EraseDiscovery":
        await this.discovery.update(() => [])
        break
      case "EraseHistory":
        await this.data.update((data) => ({ ...data, history: null }))
        break
    }
  }
}

const rowsOf = (group: GroupId): string => `raft-${group}`

const openRows = (disk: Disk, name: string): Promise<Document<RaftRows>> =>
  Document.open<RaftRows>(disk, name, RaftRows, noRows)
