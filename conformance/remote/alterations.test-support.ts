/** Ways to alter what a right adapter says. */
import type { Alteration, AnsweredFrame, Interception } from "./altered.test-support.ts"

/** A value as a line. */
export const frame = (value: unknown): string => JSON.stringify(value)
/** Everything as it should be. */
export const right: Alteration = (answer) => [frame(answer)]

/** Alters answers to one operation, the `from`th request and later ones. */
export const at =
  (op: string, alter: (answer: AnsweredFrame) => ReadonlyArray<string>, from = 1): Alteration =>
  (answer, asked, count) =>
    asked.op === op && count >= from ? alter(answer) : [frame(answer)]

/** Answers with something else. */
export const saying = (op: string, change: (answer: AnsweredFrame) => unknown, from = 1): Alteration =>
  at(op, (answer) => [frame(change(answer))], from)

export const ok = (more: object) => (answer: AnsweredFrame) => ({ id: answer.id, ok: { ...answer.ok, ...more } })
/** The lists of outputs in an answer to `inputs`. */
export const listsOf = ({ ok }: AnsweredFrame): ReadonlyArray<ReadonlyArray<object>> =>
  (ok?.outputs ?? []) as ReadonlyArray<ReadonlyArray<object>>

export const without = (name: string) => (answer: AnsweredFrame) => {
  const { [name]: _, ...ok } = answer.ok ?? {}
  return { id: answer.id, ok }
}
export const err = (code: unknown, message?: string) => (answer: AnsweredFrame) => ({
  id: answer.id,
  err: { code, message }
})
export const hello = (change: (answer: AnsweredFrame) => unknown): Alteration => saying("hello", change)
export const caps = (change: object): Alteration =>
  hello((answer) => ok({ caps: { ...Object(answer.ok?.caps), ...change } })(answer))

/** Answers `inputs` as if it were not known, so that inputs go one by one. */
export const single =
  (alteration: Alteration): Alteration =>
  (answer, asked, count) =>
    asked.op === "hello"
      ? [frame(ok({ caps: { reset: "soft", seed: true } })(answer))]
      : alteration(answer, asked, count)

export const deep = (levels: number): string => `${"[".repeat(levels)}${"]".repeat(levels)}`

/** Does not take every fifth request, where that is an input. */
export const refusingSome =
  (code: string): Interception =>
  ({ op }, count) =>
    op === "input" && count % 5 === 0 ? { err: { code, message: "busy" } } : undefined

/** Has nothing of one kind of input. */
export const lacking =
  (tag: string): Interception =>
  (asked) => {
    const inputs = asked.op === "input" ? [asked.input] : asked.op === "inputs" ? asked.inputs : []
    const lacks = (inputs as ReadonlyArray<object>).some((input) => Object(input)._tag === tag)
    return lacks ? { err: { code: "unsupported", message: `there is no ${tag}` } } : undefined
  }

export const refused = [{ _tag: "Refused", reason: "GateClosed" }]

/** Refuses the last input of one request. */
export const refusingOnce =
  (request: number): Alteration =>
  (answer, asked, count) => {
    if (asked.op !== "inputs" || count !== request) return [frame(answer)]
    return [frame(ok({ outputs: listsOf(answer).with(-1, refused) })(answer))]
  }

export const unseeded =
  (alteration: Alteration): Alteration =>
  (answer, asked, count) =>
    asked.op === "hello"
      ? [frame(ok({ caps: { reset: "soft", batch: true } })(answer))]
      : alteration(answer, asked, count)

/** Keeps back the first answer to an input until a new life has begun, or even longer. */
export const lingering = (): Alteration => {
  let kept: AnsweredFrame | undefined
  let done = false
  return (answer, asked) => {
    if (asked.op === "input" && !done) {
      done = true
      kept = answer
      return []
    }
    if (asked.op !== "start" || kept === undefined) return [frame(answer)]
    const late = kept
    kept = undefined
    return [frame(answer), frame(late)]
  }
}

/** Tells of outputs by events, and of nothing in its answers. */
export const eventful = (
  change: (events: ReadonlyArray<object>) => ReadonlyArray<object> = (events) => events
): Alteration => {
  let epoch = 0
  let seq = 0
  return (answer, asked) => {
    if (asked.op === "hello")
      return [frame(ok({ caps: { ops: ["sync"], events: true, reset: "soft", seed: true } })(answer))]
    if (asked.op === "start") {
      epoch = Number(asked.epoch)
      seq = 0
    }
    if (asked.op === "sync") return [frame(ok({ seq })(answer))]
    if (asked.op !== "input") return [frame(answer)]
    const outputs = answer.ok?.outputs as ReadonlyArray<unknown>
    const events = outputs.map((output) => ({ ev: "output", seq: ++seq, epoch, output }))
    return [frame(ok({ outputs: [] })(answer)), ...change(events).map(frame)]
  }
}
