// Goal: the battery kills every mutant by the law that it names. Method: send all of them through it.
import { describe, expect, test } from "vitest"
import { buildingLaws } from "../../../spec/view-building/laws.ts"
import { face, stories } from "./battery.ts"
import { mutants } from "./mutants.ts"

describe("view building: museum:", () => {
  for (const mutant of mutants)
    test(`${mutant.id} is killed by ${mutant.breaks[0]}: ${mutant.sentence}`, async () => {
      expect(await face(mutant)).toMatchObject({ id: mutant.id, verdict: "killed", law: mutant.breaks[0] })
    })

  test("every mutant names laws and a story that there are, has a number of its own, and changes one thing", () => {
    const known = buildingLaws.map(({ id }) => id)
    expect(mutants.flatMap(({ breaks }) => breaks).filter((law) => !known.includes(law))).toEqual([])
    const names = stories.map(({ name }) => name)
    expect(mutants.filter(({ seenIn }) => seenIn !== undefined && !names.includes(seenIn))).toEqual([])
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length)
    expect(mutants.filter(({ change }) => Object.keys(change).length !== 1)).toEqual([])
  })
})
