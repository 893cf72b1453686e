// Goal: behind an adapter the mutants are killed that are killed in process. Method: send each through the same check over a line.
import { describe, expect, test } from "vitest"
import { lineMuseums, overMemory, overStdio } from "./museum.ts"

/**
 * In process the batteries kill every mutant, as their own tests say. These two are killed there by exploring the model with
 * the mutant in it, in scopes that nobody sends to an adapter: a story of 19 steps, and a status that our kv ends never send.
 */
const escaped: ReadonlySet<string> = new Set(["dcp M11", "dcp M14"])

describe.each(lineMuseums(overMemory))("museum: over a line: $protocol", ({ protocol, mutants, run }) => {
  test.each(mutants)("$id: $sentence", async ({ id }) => {
    const { verdict, by } = await run(id, { seed: 1 })
    // Whoever goes another way than planned is asked things that make no sense then, and is not to be blamed for that.
    expect(by).not.toBe("adapter trouble")
    expect(verdict).toBe(escaped.has(`${protocol} ${id}`) ? "alive" : "killed")
  })
})

/** One of each kind: a law, a difference, and a registry that loses its guards. */
const processes: ReadonlyArray<readonly [protocol: string, id: string]> = [
  ["sessions", "M05"],
  ["dcp", "M40"],
  ["sessions", "M04"]
]

test.each(processes)(
  "museum: over stdio: %s %s is killed as it is over a line in this process",
  async (protocol, id) => {
    const verdicts = [overStdio, overMemory].map(async (reach) => {
      const museum = lineMuseums(reach).find((one) => one.protocol === protocol)!
      const { verdict, law, length } = await museum.run(id, { seed: 1 })
      return { verdict, law, length }
    })
    const [stdio, memory] = await Promise.all(verdicts)
    expect(stdio).toEqual(memory)
    expect(stdio?.verdict).toBe("killed")
  }
)
