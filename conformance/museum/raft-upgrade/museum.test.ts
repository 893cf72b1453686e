// Goal: the battery kills every mutant by the law that it names. Method: send all of them through it.
import { describe, expect, test } from "vitest"
import { upgradeLaws } from "../../../spec/raft-upgrade/laws.ts"
import { battery, face } from "./battery.ts"
import type { UpgradeMutant } from "./mutant.ts"
import { mutants } from "./mutants.ts"

const isKilled = ({ lawful, same }: UpgradeMutant): boolean => lawful === undefined && same === undefined

const fate = (mutant: UpgradeMutant): string =>
  isKilled(mutant) ? `is killed by ${mutant.breaks[0]}` : "is equivalent"

describe("raft upgrade: museum:", () => {
  for (const mutant of mutants)
    test(`${mutant.id} ${fate(mutant)}: ${mutant.sentence}`, async () => {
      const { verdict, law } = await face(mutant)
      expect({ verdict, law }).toEqual(
        isKilled(mutant) ? { verdict: "killed", law: mutant.breaks[0] } : { verdict: "equivalent", law: null }
      )
    })

  test("every mutant names laws and a story that there are, has a number of its own, and changes one thing", () => {
    const known = upgradeLaws.map(({ id }) => id)
    expect(mutants.flatMap(({ breaks }) => breaks).filter((law) => !known.includes(law))).toEqual([])
    const names = battery.map(({ name }) => name)
    expect(mutants.filter(({ seenIn }) => seenIn !== undefined && !names.includes(seenIn))).toEqual([])
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length)
    expect(mutants.filter(({ change }) => Object.keys(change).length !== 1)).toEqual([])
  })

  test("every law has a mutant that is killed by it", () => {
    const killing = mutants.filter(isKilled).map(({ breaks }) => breaks[0])
    expect(upgradeLaws.map(({ id }) => id).filter((law) => !killing.includes(law))).toEqual([])
  })

  test("mutants stand in the order of their numbers", () => {
    const ids = mutants.map(({ id }) => id)
    expect(ids).toEqual(ids.toSorted())
  })
})
