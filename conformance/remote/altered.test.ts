// Goal: whatever an adapter does wrong, the adapter is blamed, in words that help. Method: alter the answers of a right one.
import { expect, test } from "vitest"
import {
  at,
  caps,
  deep,
  err,
  eventful,
  frame,
  hello,
  lacking,
  lingering,
  listsOf,
  ok,
  refused,
  refusingOnce,
  refusingSome,
  right,
  saying,
  single,
  unseeded,
  without
} from "./alterations.test-support.ts"
import {
  type Alteration,
  altered,
  checkedRegistry,
  hasty,
  type Interception,
  patient,
  summary
} from "./altered.test-support.ts"

const firstSilent = "does not answer sequences"

const cases: ReadonlyArray<readonly [what: string, alteration: Alteration, interception?: Interception]> = [
  ["is right", right],
  ["is right, one input at a time", single(right)],

  // ---- hello
  ["refuses our version", hello(err("version", "only 2"))],
  ["chooses a version that was not offered", hello(ok({ protocol: { major: 1, minor: 9 } }))],
  ["chooses another major version", hello(ok({ protocol: { major: 2, minor: 0 } }))],
  ["names nobody", hello(without("iut"))],
  ["has an empty name", hello(ok({ iut: { name: "", version: "1", language: "x" } }))],
  ["plays no role", hello(ok({ roles: [] }))],
  ["plays somebody else's role", hello(ok({ roles: ["tcp/socket"] }))],
  ["knows operations of a later version", caps({ ops: ["inputs", "observe", "sync", "rewind"] })],
  ["knows faults of a later version", caps({ faults: ["bitflip"] })],
  ["answers hello with more than is asked", hello(ok({ motto: "to serve" }))],
  ["leaves its capabilities out", hello(without("caps"))],
  ["promises nothing about seeds", caps({ seed: false })],
  ["needs a new process for each start", caps({ reset: "hard" })],
  ["has a clock of a third kind", caps({ clock: "sundial" })],
  ["takes shorter lines than we send", hello(ok({ limits: { line: 1_500 } }))],
  ["takes lines too short for any frame", hello(ok({ limits: { line: 10 } }))],

  // ---- lies about capabilities
  ["says that it can take sequences, and cannot", at("inputs", (answer) => [frame(err("unsupported")(answer))])],
  ["says that it plays the role, and does not", at("start", (answer) => [frame(err("unsupported")(answer))])],
  ["says that it can crash, and cannot", caps({ ops: ["fault"], faults: ["crash", "restart"] })],
  [
    "crashes in name only, and keeps everything",
    caps({ ops: ["fault"], faults: ["crash", "restart"] }),
    ({ op }) => (op === "fault" ? { ok: {} } : undefined)
  ],
  [
    "does not know whether it has crashed",
    caps({ ops: ["fault"], faults: ["crash", "restart"] }),
    ({ op }) => (op === "fault" ? { err: { code: "indefinite" } } : undefined)
  ],
  // The second walk is the fourth request when it is taken again, and the sixth when another walk came in between.
  ["says that the same comes twice, and it does not", refusingOnce(4)],
  ["remembers what came before a start", refusingOnce(6)],
  ["changes its mind without having promised not to", unseeded(refusingOnce(4))],

  // ---- frames
  ["sends an empty line", at("inputs", () => [""])],
  ["sends words", at("inputs", () => ["Listening on port 7000"])],
  ["sends half a frame", at("inputs", () => ['{"id":2,"ok"'])],
  ["sends a number", at("inputs", () => ["7"])],
  ["sends null", at("inputs", () => ["null"])],
  ["sends a list", at("inputs", () => ["[]"])],
  ["sends a frame that is too deep", at("inputs", () => [deep(65)])],
  ["colours its words", at("inputs", () => ["\u001b[31mred\u001b[0m"])],
  ["has no id", saying("inputs", () => ({ ok: {} }))],
  ["has an id in quotes", saying("inputs", ({ id }) => ({ id: String(id), ok: {} }))],
  ["has an id of zero", saying("inputs", () => ({ id: 0, ok: {} }))],
  ["has neither ok nor err", saying("inputs", ({ id }) => ({ id }))],
  ["has both ok and err", saying("inputs", ({ id }) => ({ id, ok: {}, err: { code: "internal" } }))],
  ["has an error that nobody knows", saying("inputs", err("oops"))],
  ["answers what was not asked", saying("inputs", ({ id }) => ({ id: id + 1, ok: {} }))],
  ["answers twice", at("inputs", (answer) => [frame(answer), frame(answer)])],
  ["answers hello again", at("inputs", (answer) => [frame({ id: 1, ok: {} }), frame(answer)])],
  ["sends an event that nobody knows", at("inputs", (answer) => [frame({ ev: "output" }), frame(answer)])],

  // ---- answers
  ["forgets the outputs", saying("inputs", without("outputs"))],
  ["has one list too many", saying("inputs", (answer) => ok({ outputs: [...listsOf(answer), []] })(answer))],
  ["has no list at all", saying("inputs", ok({ outputs: [] }))],
  [
    "has one list too few, and tells of no death",
    saying("inputs", (answer) => ok({ outputs: listsOf(answer).slice(1) })(answer))
  ],
  [
    "says a word that is none of the role's",
    saying("inputs", (answer) => ok({ outputs: listsOf(answer).map(() => [{ _tag: "Perhaps" }]) })(answer))
  ],
  [
    "refuses for a reason that is none of the role's",
    saying("inputs", (answer) =>
      ok({ outputs: listsOf(answer).map(() => [{ _tag: "Refused", reason: "Monday" }]) })(answer)
    )
  ],
  [
    "adds fields to its words",
    saying("inputs", (answer) =>
      ok({
        outputs: listsOf(answer).map((list) => list.map((one) => ({ ...one, at: 7 })))
      })(answer)
    )
  ],
  ["forgets the outputs of one input", single(saying("input", without("outputs")))],
  ["dies of its first input", saying("inputs", ok({ outputs: [[]], crash: { why: "segfault" } }))],

  // ---- errors
  ["is at fault itself", saying("inputs", err("internal", "no memory"))],
  ["does not understand", saying("inputs", err("bad-args"))],
  ["is never ready", single(saying("input", err("not-ready")))],
  ["finds our frames malformed", single(saying("input", err("malformed")))],

  // ---- events
  ["tells everything by events", eventful()],
  ["loses an event", eventful((events) => events.slice(1))],
  ["sends an event twice", eventful((events) => [...events, ...events.slice(-1)])],
  ["counts its events backwards", eventful((events) => events.map((event) => ({ ...event, seq: 7 })))],
  [
    "sends events of the life before as well",
    eventful((events) => [
      ...events.flatMap((event) => (Object(event).epoch > 1 ? [{ ...event, epoch: 1, seq: 99 }] : [])),
      ...events
    ])
  ],
  ["sends events of a life to come", eventful((events) => events.map((event) => ({ ...event, epoch: 99 })))],
  ["sends an event with a word that is none", eventful((events) => events.map((event) => ({ ...event, output: 7 })))],
  [
    "sends events that it has not announced",
    single(at("input", (answer) => [frame({ ev: "output", seq: 1, epoch: 1, output: {} }), frame(answer)]))
  ],
  [
    "sends an event before anything else",
    at("hello", (answer) => [frame({ ev: "output", seq: 1, epoch: 1, output: {} }), frame(answer)])
  ],

  // ---- outcomes
  ["refuses an input now and then, for certain", single(right), refusingSome("definite-failure")],
  ["does not know of an input now and then", single(right), refusingSome("indefinite")],
  [
    "refuses sequences, for certain",
    right,
    ({ op }) => (op === "inputs" ? { err: { code: "definite-failure", message: "full" } } : undefined)
  ],
  ["does not know of whole sequences", saying("inputs", err("indefinite"))],

  // ---- what it does not support
  ["knows no subscriptions", right, lacking("Subscribe")],
  [
    "knows no subscriptions, and breaks a law besides",
    single((answer, { input }) => [frame(Object(input)._tag === "Enter" ? ok({ outputs: refused })(answer) : answer)]),
    lacking("Subscribe")
  ],
  ["knows no subscriptions, one input at a time", single(right), lacking("Subscribe")],

  // ---- silence
  [firstSilent, at("inputs", () => [])],
  ["answers no input", single(at("input", () => []))],
  ["answers its first input when a new life has begun", single(lingering())],
  ["answers no start", single(at("start", () => []))]
]

/** Those whose answers are not waited for any longer than it takes. */
const silent: ReadonlySet<string> = new Set(
  cases.slice(cases.findIndex(([what]) => what === firstSilent)).map(([what]) => what)
)

const told = new Map<string, string>()

for (const [what, alteration, interception] of cases)
  test(`kit: adapter: one that ${what}`, async () => {
    const budgets = silent.has(what) ? hasty : patient
    told.set(what, summary(await checkedRegistry(altered(alteration, interception), {}, budgets)))
    expect(told.get(what)).toMatch(/^[a-z-]+(: .+)?$/)
  })

test("kit: adapter: a run that spends its budget ends, and is no pass", async () => {
  const budgets = { ...patient, run: 100 }
  expect(summary(await checkedRegistry(altered(right), { runs: 100_000 }, budgets))).toBe(
    "unknown: it was not done within 100 ms"
  )
})

test("kit: adapter: every verdict and message is as it was read and agreed to", async () => {
  const lines = [...told].map(([what, summary]) => `one that ${what}\n    ${summary}\n`)
  await expect(lines.join("")).toMatchFileSnapshot("goldens/altered.txt")
})
