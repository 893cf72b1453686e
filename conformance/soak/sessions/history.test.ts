import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, describe, expect, it } from "vitest"
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { RequestId } from "../../../spec/sessions/messages.ts"
import { readJournal } from "../../adapters/sessions-processes.ts"
import { mergedJournals, toldSoFar } from "../journals.ts"
import { checkComplete } from "./history.ts"

const directory = mkdtempSync(join(tmpdir(), "portcullis-history-"))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const line = (node: string, seq: number, clock: number): string =>
  JSON.stringify({ node, seq, clock, label: { _tag: "Stopped", node } })

const write = (teller: string, ...lines: ReadonlyArray<string>): void =>
  writeFileSync(join(directory, `${teller}.journal`), lines.map((one) => `${one}\n`).join(""))

const merged = () => mergedJournals(readJournal, directory, ["A", "B"]).map(({ node, clock }) => `${node}${clock}`)

const request = RequestId.make("r")
const ended: ClusterLabel = { _tag: "RequestEnded", request, ok: true, rows: [] }

describe("sessions: soak: a history is whole or an error", () => {
  it("the lines of all journals come in the order of their clocks, then of their tellers", () => {
    write("A", line("A", 1, 2), line("A", 2, 5))
    write("B", line("B", 1, 1), line("B", 2, 2), line("B", 3, 4))
    expect(merged()).toEqual(["B1", "A2", "B2", "B4", "A5"])
  })

  it("what is told so far leaves out a line that is being written", () => {
    write("A", line("A", 1, 2))
    write("B", line("B", 1, 1))
    appendFileSync(join(directory, "B.journal"), line("B", 2, 3).slice(0, 20))
    expect(toldSoFar(readJournal, directory, ["A", "B"])).toEqual(["B", "A"].map((node) => ({ _tag: "Stopped", node })))
  })

  it("a line that is missing, a clock that goes back and another's line are told", () => {
    write("A", line("A", 1, 2), line("A", 3, 5))
    expect(merged).toThrow("line 2 is numbered 3")
    write("A", line("A", 1, 2), line("A", 2, 2))
    expect(merged).toThrow("line 2 is of 2, and the line before it of 2")
    write("A", line("B", 1, 2))
    expect(merged).toThrow("line 1 is told by B")
  })

  it("a line that was not finished, and one that is none, are told", () => {
    write("A", line("A", 1, 2))
    appendFileSync(join(directory, "A.journal"), '{"node":"A","seq":2,"clo')
    expect(merged).toThrow('ends in the middle of a line: {"node":"A","seq":2,"clo')
    write("A", "nonsense")
    expect(merged).toThrow("line 1: no line of a journal")
  })

  it("a journal that is not there is told", () => {
    expect(() => mergedJournals(readJournal, directory, ["C"])).toThrow("C has no journal")
  })

  it("what a client has heard and no journal tells of is told, and so is another end", () => {
    expect(() => checkComplete([], [{ request, ok: true }], 0)).toThrow("no journal tells of its end")
    expect(() => checkComplete([ended], [{ request, ok: false }], 0)).toThrow("another end of r")
    expect(checkComplete([ended], [{ request, ok: true }], 0)).toBeUndefined()
  })
})
