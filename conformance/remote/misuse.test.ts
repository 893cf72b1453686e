// Goal: whatever may stand in an answer that should not, is told for what it is. Method: tables of wrong answers, for each request.
import { describe, expect, test } from "vitest"
import { errorCodes } from "../protocol/error-table.ts"
import {
  at,
  caps,
  deep,
  err,
  eventful,
  frame,
  hello,
  listsOf,
  ok,
  right,
  saying,
  single,
  without
} from "./alterations.test-support.ts"
import {
  type Alteration,
  type AnsweredFrame,
  ableAltered,
  altered,
  alteredConnection,
  checkedConnection,
  checkedRegistry,
  type Interception,
  summary
} from "./altered.test-support.ts"

type Case = readonly [what: string, alteration: Alteration, interception?: Interception]

const told = new Map<string, string>()

/** A case is told by what it is. Two of the same name would be one. */
const tell = (what: string, summary: string): void => {
  if (told.has(what)) throw new Error(`there are two cases called "${what}"`)
  told.set(what, summary)
  expect(summary).toMatch(/^[a-z-]+(: .+)?$/)
}

const onlySingle: Alteration = single(right)
const ops = ["hello", "start", "inputs", "input"] as const

/** Requests by their names: a `start` and an `input` there only are where there are no sequences. */
const asked = (op: (typeof ops)[number], alteration: Alteration): Alteration =>
  op === "hello" || op === "inputs" ? alteration : single(alteration)

describe("kit: misuse: lines", () => {
  const lines: ReadonlyArray<readonly [what: string, line: (id: number) => string]> = [
    ["a mark of the byte order", (id) => `\ufeff{"id":${id},"ok":{}}`],
    ["a zero byte", (id) => `{"id":${id},"ok":{}}\0`],
    ["a raw control character in a text", (id) => `{"id":${id},"ok":{"a":"\u0007"}}`],
    ["two frames on one line", (id) => `{"id":${id},"ok":{}}{"id":${id},"ok":{}}`],
    ["a frame cut by a line break", (id) => `{"id":${id},`],
    ["a trailing comma", (id) => `{"id":${id},"ok":{},}`],
    ["a comment", (id) => `{"id":${id},"ok":{}} // done`],
    ["a number that is none", (id) => `{"id":${id},"ok":NaN}`],
    ["a hexadecimal id", () => '{"id":0x2,"ok":{}}'],
    ["an id beyond 2^53", () => '{"id":9007199254740993,"ok":{}}'],
    ["an id with a fraction", (id) => `{"id":${id}.5,"ok":{}}`],
    ["a text instead of a frame", () => '"ok"'],
    ["its own request", (id) => `{"id":${id},"op":"hello"}`],
    ["nesting of 65", (id) => `{"id":${id},"ok":{"a":${deep(63)}}}`.replace("[", "[[").replace("]", "]]")]
  ]
  for (const op of ops)
    test.each(lines)(`${op} is answered with %s`, async (what, line) => {
      const alteration = asked(
        op,
        at(op, ({ id }) => [line(id)])
      )
      tell(`${op}: ${what}`, summary(await checkedRegistry(altered(alteration))))
    })
})

describe("kit: misuse: lines that are allowed", () => {
  const added: ReadonlyArray<readonly [what: string, more: string]> = [
    ["nesting of 64", `"a":${deep(62)}`],
    ["half of a pair, escaped", '"a":"\\ud800"'],
    ["a number beyond all numbers", '"a":1e999'],
    ["a million digits", `"a":${"7".repeat(500_000)}`],
    ["a text of half a megabyte", `"a":"${"x".repeat(500_000)}"`],
    ["a prototype", '"__proto__":{"outputs":7}'],
    ["the same name twice", '"a":1,"a":2'],
    ["an empty name", '"":0']
  ]
  test.each(added)("%s in a field that nobody reads", async (what, more) => {
    const alteration: Alteration = (answer) => [`{"id":${answer.id},${more},"ok":${frame(answer.ok)}}`]
    tell(`allowed: ${what}`, summary(await checkedRegistry(altered(alteration))))
  })
})

describe("kit: misuse: errors", () => {
  for (const op of ops)
    test.each(errorCodes)(`${op} is answered with %s`, async (code) => {
      const alteration = asked(op, saying(op, err(code, "so it says")))
      tell(`${op}: error ${code}`, summary(await checkedRegistry(altered(alteration))))
    })
})

type Checked = (alteration: Alteration, interception?: Interception) => Promise<string>

const run = (title: string, cases: ReadonlyArray<Case>, check: Checked): void => {
  describe(`kit: misuse: ${title}`, () => {
    for (const [what, alteration, interception] of cases)
      test(what, async () => tell(`${title}: ${what}`, await check(alteration, interception)))
  })
}

const registry: Checked = async (alteration, interception) =>
  summary(await checkedRegistry(altered(alteration, interception)))

const said = { major: 1, minor: 0 }
const iut = { name: "n", version: "1", language: "x" }

run(
  "hello",
  [
    ["says no version", hello(without("protocol"))],
    ["says its version as a text", hello(ok({ protocol: "1.0" }))],
    ["says a major version in quotes", hello(ok({ protocol: { ...said, major: "1" } }))],
    ["chooses a minor version with a fraction", hello(ok({ protocol: { ...said, minor: 0.5 } }))],
    ["chooses a negative minor version", hello(ok({ protocol: { ...said, minor: -1 } }))],
    ["chooses a newer minor version", hello(ok({ protocol: { ...said, minor: 1 } }))],
    ["chooses a range", hello(ok({ protocol: { major: 1, minor: [0, 0] } }))],
    ["chooses version 0", hello(ok({ protocol: { major: 0, minor: 0 } }))],
    ["has a number for a name", hello(ok({ iut: { ...iut, name: 7 } }))],
    ["has no language", hello(ok({ iut: { name: "n", version: "1" } }))],
    ["has no version of its own", hello(ok({ iut: { name: "n", language: "x" } }))],
    ["has roles that are no list", hello(ok({ roles: "sessions/registry" }))],
    ["has roles that are no texts", hello(ok({ roles: [7] }))],
    ["leaves its roles out", hello(without("roles"))],
    ["plays the role twice", hello(ok({ roles: ["sessions/registry", "sessions/registry"] }))],
    ["plays the role in capital letters", hello(ok({ roles: ["Sessions/Registry"] }))],
    ["has capabilities that are a list", hello(ok({ caps: ["seed"] }))],
    ["has no capabilities, but null", hello(ok({ caps: null }))],
    ["takes no input at once", caps({ concurrency: 0 })],
    ["takes more inputs at once than anybody sends", caps({ concurrency: 1 << 20 })],
    ["promises seeds in words", caps({ seed: "yes" })],
    ["resets warm", caps({ reset: "warm" })],
    ["observes one name that is no list", caps({ observe: "partitions" })],
    ["observes what is not of the role", caps({ ops: ["observe"], observe: ["everything"] })],
    ["has a limit with a fraction", hello(ok({ limits: { line: 2_000.5 } }))],
    ["has a limit of the least", hello(ok({ limits: { line: 1_024 } }))],
    ["has a limit beyond ours", hello(ok({ limits: { line: 1 << 30 } }))],
    ["is null", hello(({ id }) => ({ id, ok: null }))],
    ["is a list", hello(({ id }) => ({ id, ok: [] }))]
  ],
  registry
)

/** Outputs of a sequence, changed. */
const lists = (change: (lists: ReadonlyArray<ReadonlyArray<object>>) => unknown, more: object = {}): Alteration =>
  saying("inputs", (answer) => ok({ outputs: change(listsOf(answer)), ...more })(answer))

const crash = { why: "segmentation fault" }

run(
  "sequences",
  [
    ["outputs are null", lists(() => null)],
    ["outputs are one flat list", lists((all) => all.flat())],
    ["outputs are nested once more", lists((all) => all.map((one) => [one]))],
    ["outputs are lists of texts", lists((all) => all.map((one) => one.map((output) => frame(output))))],
    ["outputs of the last input are missing", lists((all) => all.slice(0, -1))],
    ["outputs of all inputs but the first are missing", lists((all) => all.slice(0, 1))],
    ["outputs come twice", lists((all) => [...all, ...all])],
    ["outputs come in the opposite order", lists((all) => [...all].reverse())],
    ["a crash at the end of all lists", lists((all) => all, { crash })],
    ["a crash after the first list", lists((all) => all.slice(0, 1), { crash })],
    ["a crash without a list", lists(() => [], { crash })],
    ["a crash without a reason", lists((all) => all.slice(0, 1), { crash: {} })],
    ["a crash for null", lists((all) => all.slice(0, 1), { crash: { why: null } })],
    ["a crash that is a text", lists((all) => all.slice(0, 1), { crash: "boom" })],
    ["a crash in colours", lists((all) => all.slice(0, 1), { crash: { why: "\u001b[31mboom" } })],
    ["states that nobody asked for", lists((all) => all, { states: [] })],
    ["states that are no list", lists((all) => all, { states: {} })],
    ["an output is something to be ignored", lists((all) => all.map(() => [{ $: "ignore" }]))],
    ["an output is a name to be bound", lists((all) => all.map(() => [{ $: "bind", name: "opaque1" }]))],
    ["every output comes twice", lists((all) => all.map((one) => [...one, ...one]))],
    ["an answer is null", saying("inputs", ({ id }) => ({ id, ok: null }))],
    ["an answer is a list", saying("inputs", ({ id }) => ({ id, ok: [] }))],
    ["an error is null", saying("inputs", ({ id }) => ({ id, err: null }))],
    ["an error and then an answer", at("inputs", (answer) => [frame(err("internal")(answer)), frame(answer)])],
    ["an answer and then an error", at("inputs", (answer) => [frame(answer), frame(err("internal")(answer))])],
    ["the answer to the request before", saying("inputs", (answer) => ({ ...answer, id: answer.id - 1 }))],
    ["the answer to the last request of all", saying("inputs", (answer) => ({ ...answer, id: 2 ** 53 - 1 }))]
  ],
  registry
)

/** Counts on from one life to the next. */
const countingOn = (): Alteration => {
  let seq = 0
  const tells = eventful((events) => events.map((event) => ({ ...event, seq: ++seq })))
  return (answer, asked, count) => (asked.op === "sync" ? [frame(ok({ seq })(answer))] : tells(answer, asked, count))
}

/** Tells of everything by events, and changes the answer to a sync. */
const syncing = (change: (answer: AnsweredFrame) => unknown): Alteration => {
  const tells = eventful()
  return (answer, asked, count) =>
    asked.op !== "sync"
      ? tells(answer, asked, count)
      : tells(answer, asked, count).map((line) => frame(change(JSON.parse(line))))
}

run(
  "events",
  [
    ["count on from one life to the next", countingOn()],
    ["begin with 2", eventful((events) => events.map((event) => ({ ...event, seq: Object(event).seq + 1 })))],
    ["begin with 0", eventful((events) => events.map((event) => ({ ...event, seq: 0 })))],
    ["have a number in quotes", eventful((events) => events.map((event) => ({ ...event, seq: "1" })))],
    ["have no epoch", eventful((events) => events.map((event) => ({ ...event, epoch: undefined })))],
    ["have epoch 0", eventful((events) => events.map((event) => ({ ...event, epoch: 0 })))],
    ["have no output", eventful((events) => events.map((event) => ({ ...event, output: undefined })))],
    ["are of another kind", eventful((events) => events.map((event) => ({ ...event, ev: "state" })))],
    ["have an id as well", eventful((events) => events.map((event) => ({ ...event, id: 1 })))],
    ["are told of at a sync, more than came", syncing((answer) => ok({ seq: 1 + Number(answer.ok?.seq) })(answer))],
    ["are told of at a sync, less than came", syncing((answer) => ok({ seq: 0 })(answer))],
    ["are told of at a sync in quotes", syncing((answer) => ok({ seq: "1" })(answer))],
    ["are told of at a sync by a negative number", syncing((answer) => ok({ seq: -1 })(answer))],
    ["are not told of at a sync", syncing(without("seq"))],
    ["come though no sync is known", syncing(err("unsupported"))],
    ["come and a sync fails for certain", syncing(err("definite-failure"))],
    ["come and a sync is open", syncing(err("indefinite"))],
    ["are of a life long ago only", eventful((events) => events.map((event) => ({ ...event, epoch: 1 })))]
  ],
  registry
)

/** Does something else once a fault of one kind has happened. */
const afterwards = (op: string, kind: string | undefined, change: (answer: AnsweredFrame) => unknown): Alteration => {
  let happened = false
  return (answer, asked) => {
    if (asked.op === "start") happened = false
    if (asked.op === op && (kind === undefined || asked.kind === kind)) happened = true
    return [frame(happened && asked.op === "input" ? change(answer) : answer)]
  }
}

const faulty =
  (kind: string, answer: object): Interception =>
  (asked) =>
    asked.op === "fault" && asked.kind === kind ? answer : undefined
const advanced =
  (answer: object): Interception =>
  ({ op }) =>
    op === "advance" ? answer : undefined
const gate = [{ _tag: "Refused", reason: "GateClosed" }]
const output = { _tag: "Done" }

/** Crashes really, now and then. */
const crashingSometimes = (): Interception => {
  let crashes = 0
  return ({ op, kind }) => (op === "fault" && kind === "crash" && ++crashes === 1 ? { ok: {} } : undefined)
}

run(
  "disturbances",
  [
    ["can do everything", right],
    ["can crash, but not restart", caps({ faults: ["crash"] })],
    ["can restart, but not crash", caps({ faults: ["restart"] })],
    ["can pause, but not resume", caps({ faults: ["pause"] })],
    ["has faults, and no fault", caps({ ops: ["advance"] })],
    ["has a real clock that can be advanced", caps({ clock: "real" })],
    ["has a virtual clock that cannot", caps({ ops: ["fault"] })],
    ["has a network", caps({ faults: ["partition", "heal", "drop"] })],
    ["promises nothing about seeds", caps({ seed: false })],
    ["knows no pause", right, faulty("pause", { err: { code: "unsupported" } })],
    ["understands no pause", right, faulty("pause", { err: { code: "bad-args" } })],
    ["does not pause now", right, faulty("pause", { err: { code: "definite-failure", message: "busy" } })],
    ["does not know whether it goes on", right, faulty("resume", { err: { code: "indefinite" } })],
    ["pauses and does not go on", right, faulty("resume", { ok: {} })],
    ["dies of a pause", right, faulty("pause", { ok: { crash: { why: "stopped" } } })],
    ["tells something at a pause", right, faulty("resume", { ok: { outputs: [output] } })],
    ["tells a word that is none at a pause", right, faulty("resume", { ok: { outputs: [{ _tag: "Back" }] } })],
    ["tells at a pause what is no list", right, faulty("resume", { ok: { outputs: {} } })],
    ["forgets its state at a pause", afterwards("fault", "resume", ok({ outputs: gate }))],
    ["knows no time", right, advanced({ err: { code: "unsupported" } })],
    ["does not let time pass", right, advanced({ err: { code: "definite-failure" } })],
    ["does not know whether time has passed", right, advanced({ err: { code: "indefinite" } })],
    ["tells something as time passes", right, advanced({ ok: { outputs: [output] } })],
    ["dies as time passes", right, advanced({ ok: { crash: { why: null } } })],
    ["is another one after an hour", afterwards("advance", undefined, ok({ outputs: gate }))],
    ["fails itself after an hour", afterwards("advance", undefined, err("internal", "overflow"))],
    ["knows nothing for certain after an hour", afterwards("advance", undefined, err("indefinite"))],
    ["is another one after a restart", afterwards("fault", "restart", ok({ outputs: gate }))],
    ["dies behind a restart", afterwards("fault", "restart", ok({ outputs: [], crash }))],
    ["says last words as it crashes", right, faulty("crash", { ok: { outputs: [output], crash } })],
    ["has a crash that leads to null", right, faulty("crash", { ok: null })],
    ["restarts, once without a crash", right, crashingSometimes()]
  ],
  async (alteration, interception) => summary(await checkedRegistry(ableAltered(alteration, interception)))
)

/** States in an answer to `inputs`, changed. */
const states = (change: (states: ReadonlyArray<unknown>) => unknown): Alteration =>
  saying("inputs", (answer) => ok({ states: change(Object(answer.ok).states) })(answer))

const observing =
  (change: (answer: AnsweredFrame) => unknown): Alteration =>
  (answer, asked) => {
    if (asked.op === "hello")
      return [frame(ok({ caps: { ops: ["observe"], observe: ["partitions"], seed: true } })(answer))]
    return [frame(asked.op === "observe" ? change(answer) : answer)]
  }

const ignore = { $: "ignore" }

run(
  "observations",
  [
    ["are right", right],
    ["are right, one at a time", observing((answer) => answer)],
    ["have names that nobody asked for", states((all) => all.map((one) => one && { ...Object(one), weather: "fine" }))],
    ["lack the name that was asked for", states((all) => all.map(() => ({})))],
    ["are to be ignored", states((all) => all.map((one) => one && { partitions: ignore }))],
    ["are to be ignored as a whole", states((all) => all.map((one) => one && ignore))],
    ["are to be ignored, misspelt", states((all) => all.map((one) => one && { partitions: { $: "ignored" } }))],
    ["are to be ignored in part", states((all) => all.map((one) => one && { partitions: [ignore] }))],
    ["are null", states((all) => all.map(() => null))],
    ["are texts", states((all) => all.map(() => "partitions"))],
    ["have partitions that are texts", states((all) => all.map((one) => one && { partitions: ["1"] }))],
    ["have partitions that are negative", states((all) => all.map((one) => one && { partitions: [-1] }))],
    ["have partitions that are null", states((all) => all.map((one) => one && { partitions: null }))],
    ["are one too few", states((all) => all.slice(1))],
    ["are one too many", states((all) => [...all, {}])],
    ["are missing", saying("inputs", without("states"))],
    ["are those of the input before", states((all) => [all[0], ...all.slice(0, -1)])],
    ["are made up", states((all) => all.map((one) => one && { partitions: [99] }))],
    ["are refused, one at a time", observing(err("unsupported"))],
    ["are open, one at a time", observing(err("indefinite"))],
    ["are never ready, one at a time", observing(err("not-ready"))],
    ["are missing, one at a time", observing(without("state"))],
    ["are null, one at a time", observing(ok({ state: null }))],
    ["are to be ignored, one at a time", observing(ok({ state: { partitions: ignore } }))],
    ["are made up, one at a time", observing(ok({ state: { partitions: [99] } }))]
  ],
  async (alteration, interception) =>
    summary(await checkedConnection(alteredConnection(alteration, interception), { runs: 12 }), true)
)

/** Takes an input, or not, and says that it does not know. */
const open = (isTaken: (count: number) => boolean): readonly [Alteration, Interception] => [
  single((answer, asked) => [frame(asked.op === "input" ? err("indefinite")(answer) : answer)]),
  ({ op }, count) => (op === "input" && !isTaken(count) ? { err: { code: "indefinite" } } : undefined)
]

/** Does not know of the third input in each life, and may be wrong from then on. */
const thirdOpen = (isWrong: boolean): Alteration => {
  let inputs = 0
  return single((answer, asked) => {
    if (asked.op === "start") inputs = 0
    if (asked.op !== "input") return [frame(answer)]
    inputs++
    if (inputs === 3) return [frame(err("indefinite")(answer))]
    return [frame(isWrong && inputs > 3 ? ok({ outputs: [{ _tag: "Drained", drain: "d9" }] })(answer) : answer)]
  })
}

run(
  "outcomes",
  [
    ["no input is certain, and all are taken", ...open(() => true)],
    ["no input is certain, and none is taken", ...open(() => false)],
    ["no input is certain, and every other is taken", ...open((count) => count % 2 === 0)],
    [
      "every input fails for certain",
      onlySingle,
      ({ op }) => (op === "input" ? { err: { code: "definite-failure" } } : undefined)
    ],
    ["no input is supported", onlySingle, ({ op }) => (op === "input" ? { err: { code: "unsupported" } } : undefined)]
  ],
  registry
)

run(
  "outcomes where reference is to be followed",
  [
    ["the third input is open, and was taken", thirdOpen(false)],
    ["the third input is open, and what follows is wrong", thirdOpen(true)]
  ],
  async (alteration) => summary(await checkedRegistry(altered(alteration), { variant: "reference" }), true)
)

test("kit: misuse: every verdict and message is as it was read and agreed to", async () => {
  const lines = [...told].map(([what, summary]) => `${what}\n    ${summary}\n`)
  await expect(lines.join("")).toMatchFileSnapshot("goldens/misuse.txt")
})
