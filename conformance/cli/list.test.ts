import { Schema } from "effect"
import { describe, expect, it } from "vitest"
import { protocols } from "./protocols.ts"
import { portcullis } from "./shell.test-support.ts"

const ListedLaws = Schema.Struct({
  laws: Schema.Array(
    Schema.Struct({
      protocol: Schema.Literals(["dcp", "sessions", "view-building", "raft-upgrade"]),
      id: Schema.String,
      modality: Schema.Literals(["always", "step", "history", "sometimes", "leadsTo"]),
      sentence: Schema.String,
      source: Schema.String,
      reading: Schema.optionalKey(Schema.String)
    })
  )
})

const ListedScopes = Schema.Struct({
  scopes: Schema.Array(
    Schema.Struct({
      protocol: Schema.Literals(["dcp", "sessions", "view-building", "raft-upgrade"]),
      name: Schema.String,
      about: Schema.String,
      pinned: Schema.Struct({ distinct: Schema.Int, generated: Schema.Int, depth: Schema.Int }),
      mustFail: Schema.Array(Schema.Struct({ law: Schema.String, length: Schema.Int }))
    })
  )
})

const decode = <A>(schema: Schema.Codec<A, unknown>, text: string): A =>
  Schema.decodeUnknownSync(schema, { onExcessProperty: "error" })(JSON.parse(text))

describe("cli: list", () => {
  it("laws are told by id, modality and sentence", async () => {
    const { status, out } = await portcullis("list", "laws", "dcp")
    expect(status).toBe(0)
    await expect(out).toMatchFileSnapshot("goldens/list-laws.txt")
  })

  it("roles are told with the ways in which they are reached", async () => {
    const { status, out } = await portcullis("list", "roles")
    expect(status).toBe(0)
    await expect(out).toMatchFileSnapshot("goldens/list-roles.txt")
  })

  it("laws as JSON are the laws of the spec, in its order, of one protocol after the other", async () => {
    const listed = decode(ListedLaws, (await portcullis("list", "laws", "--json")).out)
    const laws = protocols.flatMap(({ protocol, laws }) => laws.map(({ id }) => [protocol, id]))
    expect(listed.laws.map(({ protocol, id }) => [protocol, id])).toEqual(laws)
  })

  it("a registry's scopes go by its name", async () => {
    const { scopes } = decode(ListedScopes, (await portcullis("list", "scopes", "sessions", "--json")).out)
    expect(scopes.map(({ name }) => name)).toEqual(expect.arrayContaining(["migration", "registry.twoSessions"]))
  })

  it("scopes as JSON tell what is pinned and what must fail", async () => {
    const { scopes } = decode(ListedScopes, (await portcullis("list", "scopes", "dcp", "--json")).out)
    expect(scopes.find(({ name }) => name === "oneStream")?.mustFail).toEqual([])
    expect(scopes.find(({ name }) => name === "asShipped")?.mustFail).not.toEqual([])
  })
})
