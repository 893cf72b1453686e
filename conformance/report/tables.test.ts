import { describe, expect, it } from "vitest"
import { sampleMuseum as museum, sampleReport } from "./sample-report.ts"
import { renderCheckTable, renderExploreTable, renderMuseumTable } from "./tables.ts"

const { results, explorations = [] } = sampleReport

describe("report: tables", () => {
  it("tell checks, explored scopes and mutants, and go on below where prose is long", async () => {
    const tables = [renderCheckTable(results), renderExploreTable(explorations), renderMuseumTable(museum)]
    await expect(`${tables.join("\n\n")}\n`).toMatchFileSnapshot("goldens/tables.txt")
  })

  it("leave out times that nobody took, so that the same seed prints the same bytes", () => {
    const untimed = results.map(({ seconds: _, ...result }) => result)
    expect(renderCheckTable(untimed)).not.toContain("seconds")
    expect(renderCheckTable(untimed)).toContain("41,236")
  })

  it("cut nothing, however narrow the terminal", () => {
    const what = "a change that needs a great many words to say what it is ".repeat(5).trim()
    expect(renderMuseumTable([{ id: "M01", verdict: "killed", law: "DCP-L1", by: "", what }])).toSatisfy(
      (table: string) => table.replace(/\s+/g, " ").includes(what)
    )
  })

  it("let no cell break out of its line", () => {
    const hostile = renderMuseumTable([
      { id: "M01", verdict: "killed", law: "DCP-L1", by: "x\n✓ all good", what: "\u001b[31mred" }
    ])
    expect(hostile.split("\n")).toHaveLength(3)
    expect(hostile).not.toContain("\u001b")
  })
})
