import type { Frame } from "./mcbp/index.ts"

/** The bytes of frames, in order; without copying when they lie side by side in the chunk that they arrived in. */
export function joinFrames(frames: readonly Frame[]): Uint8Array {
  const runs = adjoiningRuns(frames)
  return runs.length === 1 ? runs[0]! : Buffer.concat(runs)
}

function adjoiningRuns(frames: readonly Frame[]): Uint8Array[] {
  const runs: Uint8Array[] = []
  for (const { bytes } of frames) {
    const last = runs.at(-1)
    if (last !== undefined && last.buffer === bytes.buffer && last.byteOffset + last.length === bytes.byteOffset) {
      runs[runs.length - 1] = new Uint8Array(bytes.buffer, last.byteOffset, last.length + bytes.length)
    } else runs.push(bytes)
  }
  return runs
}
