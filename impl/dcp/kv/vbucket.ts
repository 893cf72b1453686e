import { type FailoverEntry, VBucketState } from "../mcbp/index.ts"

/** One change of a vBucket. */
export interface Item {
  readonly seqno: bigint
  readonly key: Uint8Array
  readonly value: Uint8Array
}

/** How a vBucket begins; replica or active, as its endpoint says, empty, with one branch of history. */
export interface VBucketStart {
  readonly state?: number
  readonly failoverLog?: readonly FailoverEntry[]
  readonly items?: readonly Item[]
}

/** A vBucket of a kv node: its state, its changes in order, and the branches of its history. */
export class VBucket {
  /** 1 active, 2 replica, 3 pending, 4 dead. */
  state: number
  /** Newest first, never empty. */
  failoverLog: readonly FailoverEntry[]
  /** Ascending seqnos, which are above 0. */
  readonly items: Item[]
  /** Seqnos of the snapshot that is being received; its end is never below the newest change. */
  snapshot: { readonly start: bigint; readonly end: bigint }

  constructor(start: VBucketStart, state: number) {
    this.state = start.state ?? state
    this.failoverLog = start.failoverLog ?? [{ vbucketUuid: 0x5eedn, seqno: 0n }]
    if (this.failoverLog.length === 0) throw new RangeError("failoverLog must have an entry")
    this.items = [...(start.items ?? [])]
    this.snapshot = { start: this.highSeqno, end: this.highSeqno }
  }

  /** Seqno of the newest change, 0 if there is none. */
  get highSeqno(): bigint {
    return this.items.at(-1)?.seqno ?? 0n
  }

  /** Adds a change behind all others; one that is not newer is ignored, as kv ignores what it already has. */
  append(item: Item): void {
    if (item.seqno <= this.highSeqno) return
    this.items.push(item)
    if (item.seqno > this.snapshot.end) this.snapshot = { start: this.snapshot.start, end: item.seqno }
  }

  /** Forgets every change after a seqno. */
  rollBack(seqno: bigint): void {
    while (this.highSeqno > seqno) this.items.pop()
    this.snapshot = { start: this.highSeqno, end: this.highSeqno }
  }

  /**
   * Where someone must go back to who wants to continue after `start` on branch `uuid`; nothing if they may continue.
   *
   * Source: kv_engine docs/dcp/documentation/failure-scenarios.md.
   */
  rollbackPoint(start: bigint, uuid: bigint, snapStart: bigint, snapEnd: bigint): bigint | undefined {
    if (start === 0n) return undefined
    const branch = this.failoverLog.findIndex(({ vbucketUuid }) => vbucketUuid === uuid)
    if (branch === -1) return 0n
    const upper = branch === 0 ? this.highSeqno : this.failoverLog[branch - 1]!.seqno
    // At either edge of a snapshot the consumer holds a consistent state and only that edge counts.
    const end = start === snapStart ? start : snapEnd
    if (end <= upper) return undefined
    const begin = start === snapEnd ? start : snapStart
    return smaller(begin, upper)
  }
}

/** The vBuckets of a node by id. */
export class VBucketTable {
  readonly #vbuckets = new Map<number, VBucket>()
  readonly #defaultState: number

  constructor(starts: Readonly<Record<number, VBucketStart>>, defaultState: number) {
    this.#defaultState = defaultState
    for (const [id, start] of Object.entries(starts)) this.create(Number(id), start)
  }

  get(id: number): VBucket | undefined {
    return this.#vbuckets.get(id)
  }

  /** Makes a vBucket, in place of the one that was there. */
  create(id: number, start: VBucketStart = {}): VBucket {
    if (!Number.isInteger(id) || id < 0 || id > 0xffff) throw new RangeError(`vBucket must be 0 to 65535, was ${id}`)
    const vbucket = new VBucket(start, this.#defaultState)
    this.#vbuckets.set(id, vbucket)
    return vbucket
  }

  /** Removes a vBucket without a word to anyone. */
  delete(id: number): void {
    this.#vbuckets.delete(id)
  }

  /** Sets a state, making the vBucket if it is missing; returns whether that changed anything. */
  setState(id: number, state: number): boolean {
    const vbucket = this.#vbuckets.get(id) ?? this.create(id, { state: VBucketState.Dead })
    if (vbucket.state === state) return false
    vbucket.state = state
    return true
  }
}

/** The smaller of two seqnos. */
export function smaller(left: bigint, right: bigint): bigint {
  if (left < right) return left
  return right
}
