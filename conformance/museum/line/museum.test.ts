// Goal: behind an adapter the mutants are killed that are killed in process. Method: send each through the same check over a line.
import { describe, expect, test } from "vitest"
import { museums } from "../index.ts"
import { exhibits } from "./exhibits.ts"
import { lineMuseums, overMemory, overStdio } from "./museum.ts"
import { roleExhibits } from "./roles.ts"

/** By protocol and number. */
type Name = readonly [protocol: string, id: string]

const seed = 1
const named = (all: typeof museums, protocol: string) => all.find((one) => one.protocol === protocol)!

test("museum: over a line: every mutant that there is in process", () => {
  expect(exhibits.map(({ protocol, mutant }) => [protocol, mutant.id])).toEqual(
    museums.flatMap(({ protocol, mutants }) => mutants.map(({ id }) => [protocol, id]))
  )
})

describe("museum: over a line: roles", () => {
  const behind = lineMuseums(overMemory())

  // Whoever goes another way than planned is asked things that make no sense then, and is not to be blamed for that.
  test.each(roleExhibits)(
    "$protocol $mutant.id: $mutant.sentence",
    async ({ protocol, mutant: { id } }) => {
      expect(await named(behind, protocol).run(id, { seed })).toMatchObject({ id, verdict: "killed" })
    },
    180_000
  )
})

/** What is kept and looked for in a simulation or a history: a law of each step, one about waiting, a bound, a mutant that is none, and time. */
const simulated: ReadonlyArray<Name> = [
  ["dcp", "M41"],
  ["sessions", "M16"],
  ["sessions", "M17b"],
  ["sessions", "M45"],
  ["sessions", "M71"],
  ["sessions", "M79"],
  ["view-building", "M09"],
  ["view-building", "M13b"],
  ["view-building", "M21"],
  ["raft-upgrade", "M04"]
]

test.each(simulated)("museum: over a line: %s %s is told as it is in process", async (protocol, id) => {
  const { millis: _, ...behind } = await named(lineMuseums(overMemory()), protocol).run(id, { seed })
  expect(await named(museums, protocol).run(id, { seed })).toMatchObject(behind)
})

/** One of each kind: a law, a difference, a registry that loses its guards, a simulation, time, and a history. All are in one process. */
const inAnotherProcess: ReadonlyArray<Name> = [
  ["sessions", "M05"],
  ["dcp", "M40"],
  ["sessions", "M04"],
  ["sessions", "M17b"],
  ["sessions", "M79"],
  ["view-building", "M09"]
]

test("museum: over stdio: killed as over a line in this process", async () => {
  const [stdio, memory] = [lineMuseums(overStdio()), lineMuseums(overMemory())]
  for (const [protocol, id] of inAnotherProcess) {
    const { millis: _, ...expected } = await named(memory, protocol).run(id, { seed })
    expect(expected.verdict).toBe("killed")
    expect(await named(stdio, protocol).run(id, { seed })).toMatchObject(expected)
  }
})
