import { mkdir, readdir } from "node:fs/promises"
import { join } from "node:path"
import { readWholeFile, type WholeFile, writeWholeFile } from "../../runtime/storage/whole-file.ts"
import type { Disk } from "./disk.ts"

/** A node's disk in a directory: a file for each name. What was told to be on disk is found there again, also after a `kill -9`. */
export const openFileDisk = async (directory: string): Promise<Disk> => {
  await mkdir(directory, { recursive: true })
  const file = (name: string): WholeFile => ({
    path: join(directory, name),
    format: `portcullis raft upgrade ${name.replace(/-.*$/, "")} 1`
  })
  return {
    read: (name) => readWholeFile(file(name)),
    write: (name, text) => writeWholeFile(file(name), text),
    // What a write has left half done has never been there.
    names: async () => (await readdir(directory)).filter((name) => !name.endsWith(".new")).sort(),
    where: (name) => file(name).path
  }
}
