import { Schema } from "effect"
import { describe, expect, test } from "vitest"
import { said } from "../../example.test-support.ts"
import { DrainId } from "../ids.ts"
import type { RegistryLabel } from "./labels.ts"
import { laws, registryLaws } from "./laws.ts"
import { type Refusal, RegistryInput, type RegistryOutput } from "./messages.ts"

const inputOf = Schema.decodeUnknownSync(RegistryInput)
const done: RegistryOutput = { _tag: "Done" }
const drained = (drain: string): RegistryOutput => ({ _tag: "Drained", drain: DrainId.make(drain) })
const refused = (reason: Refusal): RegistryOutput => ({ _tag: "Refused", reason })
const step = (input: object, ...outputs: ReadonlyArray<RegistryOutput>): RegistryLabel => ({
  _tag: "RegistryStep",
  input: inputOf(input),
  outputs
})

const create = (session: string) => step({ _tag: "Create", session }, done)
const enter = (session: string, guard: string, ...outputs: ReadonlyArray<RegistryOutput>) =>
  step({ _tag: "Enter", session, guard }, ...(outputs.length === 0 ? [done] : outputs))
const close = (...keep: ReadonlyArray<string>) => step({ _tag: "CloseAllExcept", keep }, done)
const drain = (name: string, ...over: ReadonlyArray<string>) =>
  step({ _tag: "Drain", drain: name }, done, ...over.map(drained))
const release = (guard: string, ...over: ReadonlyArray<string>) =>
  step({ _tag: "Release", guard }, done, ...over.map(drained))

/** The laws that the last label of a story breaks; none before it may be broken. */
const brokenBy = (...story: ReadonlyArray<RegistryLabel>): ReadonlyArray<string> =>
  registryLaws.filter((law) => law.modality === "history" && said(law, story) !== undefined).map(({ id }) => id)

describe("sessions: registry: laws", () => {
  test("every law has an id of its own, a sentence and a source", () => {
    expect(new Set(laws.map(({ id }) => id)).size).toBe(laws.length)
    for (const { id, sentence, source } of laws) {
      expect(id).toMatch(/^SES-[SLW]\d+r?$/)
      expect(sentence).toMatch(/^[A-Z].*\.$/)
      expect(source).not.toBe("")
    }
  })

  test("S2, S3 and S7r: a closing session admits nobody", () => {
    expect(brokenBy(create("1"), close(), enter("1", "g"))).toEqual(["SES-S2", "SES-S3", "SES-S7r"])
  })

  test("S7: what a drain has forgotten may be created anew, and admits then", () => {
    expect(brokenBy(create("1"), close(), drain("d", "d"), create("1"), enter("1", "g"))).toEqual([])
    expect(brokenBy(create("1"), close(), drain("d", "d"), enter("1", "g"))).toEqual(["SES-S3", "SES-S7r"])
  })

  test("S5 a drain is over only when nobody is left in what was closing when it was called", () => {
    const held = [create("1"), enter("1", "g"), close()]
    expect(brokenBy(...held, drain("d", "d"))).toEqual(["SES-S4", "SES-S5"])
    expect(brokenBy(...held, drain("d"), release("g", "d"))).toEqual([])
  })

  test("L2r what begins to close after a drain's turn is left to the next one", () => {
    const two = [create("1"), create("2"), enter("1", "g"), enter("2", "h"), close("2"), drain("d"), close()]
    expect(brokenBy(...two, release("g", "d"))).toEqual([])
    expect(brokenBy(...two, release("g"))).toEqual(["SES-L2r"])
  })

  test("S5 whether a drain has forgotten a session behind one that is held, nobody can tell", () => {
    const running = [create("1"), create("2"), enter("1", "g"), close(), drain("d")]
    expect(brokenBy(...running, enter("2", "h", refused("GateClosed")))).toEqual([])
    expect(brokenBy(...running, enter("2", "h", refused("SessionNotFound")))).toEqual([])
    expect(brokenBy(...running, create("2"), enter("2", "h"))).toEqual([])
    expect(brokenBy(...running, enter("1", "h", refused("SessionNotFound")))).toEqual(["SES-S4"])
  })

  test("L2r an open session does not hold a drain up, and a closing one does", () => {
    const one = [create("1"), enter("1", "g")]
    expect(brokenBy(...one, drain("d"))).toEqual(["SES-L2r"])
    expect(brokenBy(...one, close(), drain("d"))).toEqual([])
  })
})
