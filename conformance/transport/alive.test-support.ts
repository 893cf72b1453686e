/** Whether a process that a test has started still lives. */
import { readFileSync } from "node:fs"

/** A process that is dead may still have an entry, where nobody asks how it ended. */
export const isAlive = (process: number): boolean => {
  try {
    return !/^[0-9]+ \(.*\) Z/.test(readFileSync(`/proc/${process}/stat`, "utf8"))
  } catch {
    return false
  }
}
