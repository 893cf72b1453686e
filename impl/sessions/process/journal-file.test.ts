import { appendFileSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { JournalFile } from "../../runtime/child/journal-file.ts"
import { LamportClock } from "../../runtime/lamport-clock.ts"
import { newDirectory, nodeA } from "../example.test-support.ts"
import { sessionsJournal } from "./journal.ts"

const stopped = { _tag: "Stopped", node: nodeA } as const
const newPath = () => join(newDirectory(), "A.journal")
const read = (path: string) => sessionsJournal.parse(readFileSync(path, "utf8"), path)

function write(path: string, labels: number, clock = new LamportClock()): void {
  const file = new JournalFile(sessionsJournal, path, "A", clock)
  for (let i = 0; i < labels; i++) file.journal(stopped)
  file.close()
}

describe("sessions: journal", () => {
  test("a label is in the file when the call returns, with who, when and in which order", () => {
    const path = newPath()
    const clock = new LamportClock(7)
    const file = new JournalFile(sessionsJournal, path, "A", clock)
    file.journal(stopped)
    clock.witness(20)
    file.journal(stopped)
    expect(read(path)).toEqual([
      { node: "A", seq: 1, clock: 8, label: stopped },
      { node: "A", seq: 2, clock: 21, label: stopped }
    ])
    file.close()
  })

  test("a process that starts again goes on where it was, in number and in time", () => {
    const path = newPath()
    write(path, 2, new LamportClock(30))
    write(path, 1)
    expect(read(path).map(({ seq, clock }) => [seq, clock])).toEqual([
      [1, 31],
      [2, 32],
      [3, 33]
    ])
  })

  test("a line without an end is left out by readers and cut off by the next writer", () => {
    const path = newPath()
    write(path, 1)
    appendFileSync(path, '{"node":"A","seq":2,"clo')
    expect(read(path)).toHaveLength(1)
    write(path, 1)
    expect(read(path).map(({ seq }) => seq)).toEqual([1, 2])
  })

  test("a line that is none is refused, and told where", () => {
    const path = newPath()
    writeFileSync(path, "nonsense\n")
    expect(() => write(path, 1)).toThrow(`${path}, line 1: no line of a journal`)
  })

  test("a label that the words do not have is not written", () => {
    const path = newPath()
    const file = new JournalFile(sessionsJournal, path, "A", new LamportClock())
    const wrong: typeof stopped = JSON.parse('{"_tag":"Stopped","node":""}')
    expect(() => file.journal(wrong)).toThrow()
    expect(readFileSync(path, "utf8")).toBe("")
    file.close()
  })
})
