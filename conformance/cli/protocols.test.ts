import { Schema } from "effect"
import { describe, expect, it } from "vitest"
import { museums } from "../museum/index.ts"
import { protocols } from "./protocols.ts"

const repeated = (names: ReadonlyArray<string>): ReadonlyArray<string> =>
  names.filter((name, at) => names.indexOf(name) !== at)

describe.each(protocols)("cli: protocols: $protocol", ({ protocol, laws, assumptions, scopes, label, checks }) => {
  it("every law, assumption and scope has a name of its own", () => {
    expect(repeated([...laws, ...assumptions].map(({ id }) => id))).toEqual([])
    expect(repeated(scopes.map(({ name }) => name))).toEqual([])
  })

  it("every law that a scope must break is one of its laws", () => {
    const known = new Set(laws.map(({ id }) => id))
    const broken = scopes.flatMap(({ mustFail }) => mustFail.map(({ law }) => law))
    expect(broken.filter((law) => !known.has(law))).toEqual([])
  })

  it("every law that a mutant breaks is one of its laws, and it has a museum", () => {
    const known = new Set(laws.map(({ id }) => id))
    const mutants = museums.filter((museum) => museum.protocol === protocol).flatMap(({ mutants }) => mutants)
    expect(mutants.length).toBeGreaterThan(0)
    expect(mutants.flatMap(({ breaks }) => breaks).filter((law) => !known.has(law))).toEqual([])
  })

  it("something of it is checked, and no word of another protocol is a label of it", () => {
    expect(checks.length).toBeGreaterThan(0)
    const foreign = { _tag: protocol === "dcp" ? "Restarted" : "CallerExited", node: "A", call: "c1" }
    expect(Schema.is(label)(foreign)).toBe(false)
  })
})
