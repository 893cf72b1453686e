import { Schema } from "effect"
import type { Example } from "../../example.test-support.ts"
import { DrainId, GuardId } from "../ids.ts"
import type { RegistryLabel } from "../registry/labels.ts"
import { type Refusal, RegistryInput, type RegistryOutput } from "../registry/messages.ts"

const inputOf = Schema.decodeUnknownSync(RegistryInput)
const done: RegistryOutput = { _tag: "Done" }
const refused = (reason: Refusal): RegistryOutput => ({ _tag: "Refused", reason })
const drained = (drain: string): RegistryOutput => ({ _tag: "Drained", drain: DrainId.make(drain) })
const told = (guard: string): RegistryOutput => ({ _tag: "Aborted", guard: GuardId.make(guard), valid: true })

/** One step of a registry. Unless told otherwise it does what is asked. */
const step = (input: object, ...outputs: ReadonlyArray<RegistryOutput>): RegistryLabel => ({
  _tag: "RegistryStep",
  input: inputOf(input),
  outputs: outputs.length === 0 ? [done] : outputs
})

const create = step({ _tag: "Create", session: "1" })
const enter = (session: string | null, ...outputs: ReadonlyArray<RegistryOutput>) =>
  step({ _tag: "Enter", session, guard: "g" }, ...outputs)
const close = (...outputs: ReadonlyArray<RegistryOutput>) => step({ _tag: "CloseAllExcept", keep: [] }, ...outputs)
const check = (...outputs: ReadonlyArray<RegistryOutput>) => step({ _tag: "Check", guard: "g" }, ...outputs)
const copy = (...outputs: ReadonlyArray<RegistryOutput>) => step({ _tag: "Copy", guard: "g", copy: "h" }, ...outputs)
const drain = (...outputs: ReadonlyArray<RegistryOutput>) => step({ _tag: "Drain", drain: "d" }, ...outputs)
const subscribe = step({ _tag: "Subscribe", guard: "g" })
const release = (...outputs: ReadonlyArray<RegistryOutput>) => step({ _tag: "Release", guard: "g" }, ...outputs)

const inside = [create, enter("1")]

/** What one registry does: S2, S3, S4, S5, S7r, S12r, S13, S14, S15, L2r, L7. */
export const registryExamples: ReadonlyArray<Example<RegistryLabel>> = [
  {
    law: "S2",
    after: [create, close()],
    fine: [enter("1", refused("GateClosed"))],
    broken: [enter("1")],
    why: "1 began to close and is open again at Enter"
  },
  {
    law: "S3",
    after: [],
    fine: [create, enter("1")],
    broken: [enter("1")],
    why: "1 is absent and admits g"
  },
  {
    law: "S4",
    after: [...inside, close()],
    fine: [drain()],
    broken: [drain(done, drained("d"))],
    why: "g still lives and is not counted"
  },
  {
    law: "S5",
    after: [...inside, close(), drain()],
    fine: [release(done, drained("d"))],
    broken: [check(refused("AbortRequested"), drained("d"))],
    why: "d is over while g lives"
  },
  {
    law: "S7r",
    after: [create, close(), drain(done, drained("d"))],
    fine: [create, enter("1")],
    broken: [enter("1")],
    why: "1 was closed, and g is admitted to it"
  },
  {
    law: "S12r",
    after: [],
    fine: [enter("null", refused("SessionNotFound"))],
    broken: [enter("null")],
    why: "g is admitted to no session at all"
  },
  {
    law: "S13",
    after: [...inside, close()],
    fine: [check(refused("AbortRequested"))],
    broken: [check()],
    why: "g passes although 1 is closing"
  },
  {
    law: "S14",
    after: [...inside, close()],
    fine: [copy()],
    broken: [copy(refused("GateClosed"))],
    why: "g lives and cannot be copied"
  },
  {
    law: "S15",
    after: [...inside, subscribe],
    fine: [close(told("g"), done)],
    broken: [close()],
    why: "g is not called"
  },
  {
    law: "L2r",
    after: inside,
    fine: [drain(done, drained("d"))],
    broken: [drain()],
    why: "a drain still waits after Drain, for guards of sessions that were open when its turn came"
  },
  {
    law: "L7",
    after: [close()],
    fine: [enter("default")],
    broken: [enter("default", refused("GateClosed"))],
    why: "the default session refuses g"
  }
]
