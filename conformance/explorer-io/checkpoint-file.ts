/** Checkpoints in files: written beside, made safe, then renamed, so that a crash leaves the old one or the new one. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs"
import { dirname } from "node:path"
import { type Checkpoint, decoded, encoded } from "../../model/explorer/checkpoint.ts"

/** Writes a checkpoint in place of the one that is there. */
export const saveCheckpoint = (path: string, checkpoint: Checkpoint, identity: string): void => {
  const beside = `${path}.new`
  const file = openSync(beside, "w")
  try {
    for (const piece of encoded(checkpoint, identity)) {
      for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at)
    }
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(beside, path)
  const folder = openSync(dirname(path), "r")
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/** The checkpoint in a file, or nothing where there is no file. Throws `CheckpointRefused` where it cannot be used. */
export const loadCheckpoint = (path: string, identity: string): Checkpoint | undefined =>
  existsSync(path) ? decoded(readFileSync(path), identity) : undefined
