import { describe, expect, test } from "vitest"
import { ringMuseum } from "./museum.ts"

describe("sessions: museum", () => {
  for (const { id, sentence, breaks } of ringMuseum.mutants)
    test(`sessions: museum: ${id}: ${sentence}`, { timeout: 120_000 }, async () => {
      const { verdict, law } = await ringMuseum.run(id, { seed: 1 })
      expect({ verdict, law }).toEqual({ verdict: "killed", law: breaks[0] })
    })
})
