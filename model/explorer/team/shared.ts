/** Memory that workers share, and how they wait for each other. */
import type { Arrays } from "../arrays.ts"

/** A buffer that can grow without moving: what `SharedArrayBuffer` is since ES2024. */
interface GrowableBuffer extends SharedArrayBuffer {
  grow(bytes: number): void
}

const Growable = SharedArrayBuffer as unknown as new (
  bytes: number,
  options: { maxByteLength: number }
) => GrowableBuffer

/** What every worker is given: plain shared buffers, by name. */
export interface SharedMemory {
  readonly workers: number
  readonly control: SharedArrayBuffer
  readonly buffers: Readonly<Record<string, SharedArrayBuffer>>
}

/** Where in the control array things stand. */
export const word = {
  phase: 0,
  arrived: 1,
  command: 2,
  from: 3,
  to: 4,
  room: 5,
  slots: 6,
  states: 7,
  lock: 8,
  logged: 9,
  /** States of a piece, and how many pieces were asked for. */
  piece: 10,
  taken: 11,
  /** How many chunks there were. */
  chunk: 12,
  /** Each worker has a block of its own from here on. */
  blocks: 16,
  block: 16
} as const

/** Where in a worker's block things stand. */
export const own = {
  count: 0,
  stuck: 1,
  failed: 2,
  ends: 3,
  firstEnd: 4,
  learnt: 5,
  heard: 6
} as const

/** More than any machine has use for. */
export const mostWorkers = 64

const gigabyte = 2 ** 30
/** The largest buffer that engines allow. */
const most = 2 ** 32 - 2 ** 16

/** Memory for some workers and a system of some number of rules. Address space only, until it is used. */
export const sharedMemory = (workers: number, rules: number): SharedMemory => {
  const growable = (bytes: number): SharedArrayBuffer => new Growable(0, { maxByteLength: bytes })
  const buffers: Record<string, SharedArrayBuffer> = {
    rows: growable(most),
    parents: growable(most),
    table: growable(most),
    log: growable(2 * gigabyte),
    "even pieces": growable(gigabyte),
    "odd pieces": growable(gigabyte),
    fired: new SharedArrayBuffer(8 * rules * workers)
  }
  for (let worker = 0; worker < workers; worker++) {
    for (const kind of ["came", "hashes", "from", "claimed", "learnt", "heard"])
      buffers[`${kind} ${worker}`] = growable(gigabyte)
  }
  return { workers, control: new SharedArrayBuffer(4 * (word.blocks + word.block * workers)), buffers }
}

/** Arrays in shared memory. Whoever asks for a longer one makes it longer for all. */
export const sharedArrays = ({ buffers }: SharedMemory): Arrays => ({
  ints: (name, length) => {
    const buffer = buffers[name] as GrowableBuffer
    if (buffer.byteLength < length * 4) buffer.grow(length * 4)
    return new Int32Array(buffer, 0, length) as unknown as Int32Array<ArrayBuffer>
  }
})

/** Looks this often before going to sleep: most waits are short. */
const looks = 4000

/** Waits until the number at `at` is no longer `value`. */
export const waitWhile = (control: Int32Array, at: number, value: number): void => {
  for (let look = 0; look < looks; look++) if (Atomics.load(control, at) !== value) return
  while (Atomics.load(control, at) === value) Atomics.wait(control, at, value)
}

/** Runs something that only one worker may do at a time. */
export const alone = <A>(control: Int32Array, run: () => A): A => {
  while (Atomics.compareExchange(control, word.lock, 0, 1) !== 0) Atomics.wait(control, word.lock, 1)
  try {
    return run()
  } finally {
    Atomics.store(control, word.lock, 0)
    Atomics.notify(control, word.lock, 1)
  }
}
