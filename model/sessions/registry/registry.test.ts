// Goal: the rules of the dossier, one by one. Method: give a registry some inputs and look at what it answers.
import { Schema } from "effect"
import { describe, expect, test } from "vitest"
import { RegistryInput, type RegistryOutput } from "../../../spec/sessions/registry/messages.ts"
import { waysToTake } from "./registry-alone.ts"
import { fresh } from "./state.ts"
import { inCreationOrder } from "./variants.ts"

const inputOf = Schema.decodeUnknownSync(RegistryInput)

const told = (output: RegistryOutput): string => {
  switch (output._tag) {
    case "Done":
      return "done"
    case "Refused":
      return output.reason
    case "Drained":
      return `${output.drain} over`
    case "Aborted":
      return `${output.guard} called${output.valid ? "" : " too late"}`
  }
}

/** What the last of these inputs is answered. */
const answer = (...inputs: ReadonlyArray<object>): string => {
  let registry = fresh
  let last = ""
  for (const input of inputs) {
    const [way] = waysToTake(registry, inputOf(input), inCreationOrder)
    registry = way!.next
    last = way!.labels.flatMap(({ outputs }) => outputs.map(told)).join(", ")
  }
  return last
}

const create = (session: string) => ({ _tag: "Create", session })
const enter = (session: string, guard: string) => ({ _tag: "Enter", session, guard })
const check = (guard: string) => ({ _tag: "Check", guard })
const copy = (guard: string, copy: string) => ({ _tag: "Copy", guard, copy })
const move = (guard: string, to: string) => ({ _tag: "Move", guard, to })
const release = (guard: string) => ({ _tag: "Release", guard })
const subscribe = (guard: string) => ({ _tag: "Subscribe", guard })
const close = (...keep: ReadonlyArray<string>) => ({ _tag: "CloseAllExcept", keep })
const drain = (drain: string) => ({ _tag: "Drain", drain })

describe("sessions: registry: model", () => {
  test("S3 an open session admits, a closing one is closed, an unknown one and the null one are not found", () => {
    expect(answer(create("1"), enter("1", "g"))).toBe("done")
    expect(answer(create("1"), close(), enter("1", "g"))).toBe("GateClosed")
    expect(answer(enter("1", "g"))).toBe("SessionNotFound")
    expect(answer(enter("null", "g"))).toBe("SessionNotFound")
    expect(answer(create("1"), close(), drain("d"), enter("1", "g"))).toBe("SessionNotFound")
  })

  test("L7 the default session is there from the start and closes for nobody", () => {
    expect(answer(enter("default", "g"), close(), check("g"))).toBe("done")
  })

  test("S2 create leaves a closing session closing, and makes another one of a name that was drained", () => {
    expect(answer(create("1"), close(), create("1"), enter("1", "g"))).toBe("GateClosed")
    expect(answer(create("1"), close(), drain("d"), create("1"), enter("1", "g"))).toBe("done")
  })

  test("S13 a check tells that the session closes, and the guard is still waited for", () => {
    const closing = [create("1"), enter("1", "g"), close()]
    expect(answer(...closing, check("g"))).toBe("AbortRequested")
    expect(answer(...closing, check("g"), drain("d"))).toBe("done")
  })

  test("S14 a guard can be copied and moved in a closing session, and the last of them ends the drain", () => {
    const closing = [create("1"), enter("1", "g"), close(), copy("g", "h"), move("g", "i"), drain("d")]
    expect(answer(...closing, release("i"))).toBe("done")
    expect(answer(...closing, release("i"), release("h"))).toBe("done, d over")
  })

  test("S15 a subscriber is called before the gate closes, and one who comes later is told", () => {
    expect(answer(create("1"), enter("1", "g"), subscribe("g"), close())).toBe("g called, done")
    expect(answer(create("1"), enter("1", "g"), close(), subscribe("g"))).toBe("AbortRequested")
    expect(answer(create("1"), enter("1", "g"), subscribe("g"), move("g", "h"), close())).toBe("h called, done")
  })

  test("S5 a queued drain takes its list when its turn comes", () => {
    const queued = [create("1"), create("2"), enter("1", "g"), enter("2", "h"), close("2"), drain("d"), drain("e")]
    expect(answer(...queued, close(), release("g"))).toBe("done, d over")
    expect(answer(...queued, close(), release("g"), release("h"))).toBe("done, e over")
    expect(answer(...queued, release("g"))).toBe("done, d over, e over")
  })

  test("S5 sessions are forgotten in the order of the list, the last to close first, so one that is held keeps others", () => {
    const held = [create("1"), create("2"), enter("1", "g")]
    expect(answer(...held, close("2"), close(), drain("d"), enter("2", "h"))).toBe("SessionNotFound")
    expect(answer(...held, close("1"), close(), drain("d"), enter("2", "h"))).toBe("GateClosed")
  })

  test("one close meets its sessions in any order", () => {
    const registry = [create("1"), create("2"), create("3")].reduce(
      (now, input) => waysToTake(now, inputOf(input), inCreationOrder)[0]!.next,
      fresh
    )
    const all = inputOf(close("3"))
    expect(waysToTake(registry, all, inCreationOrder).map(({ next }) => next.closing)).toEqual([["2", "1"]])
    const anyOrder = { ...inCreationOrder, closeMeets: "anyOrder" as const }
    expect(waysToTake(registry, all, anyOrder).map(({ next }) => next.closing)).toEqual([
      ["2", "1"],
      ["1", "2"]
    ])
  })

  test("an environment that uses a guard which nobody holds is wrong", () => {
    expect(() => answer(check("g"))).toThrow("nobody holds guard g")
  })
})
