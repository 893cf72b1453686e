/** What tests of asynchronous code need of the machine they run on. */
import { mkdtempSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** Lets everything run that waits for nothing but its turn. */
export const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

export const newDirectory = (): string => mkdtempSync(join(tmpdir(), "portcullis-"))
