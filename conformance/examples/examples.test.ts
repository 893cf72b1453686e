// Goal: implementations that share no line with ours follow the model. Method: check them as a user would, over stdio.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { usualBudgets } from "../remote/budgets.ts"
import { checkRemote } from "../remote/check-remote.ts"
import { Line } from "../remote/line.ts"
import { remoteRoles } from "../remote/roles/index.ts"
import { oddLines } from "../scaffold/odd-lines.test-support.ts"
import { childDialer } from "../transport/child-link.ts"
import {
  type Change,
  conversation,
  type Example,
  examplesIn,
  fileOf,
  isReady,
  type Language,
  languages,
  patienceMs,
  prepared,
  removePrepared,
  sourcesOf
} from "./examples.test-support.ts"

afterAll(removePrepared)

const roles: Readonly<Record<Example, string>> = {
  session_registry: "sessions/registry",
  dcp_consumer: "dcp/consumer-connection"
}

/** The designs that explain each example: the only ones that explain it. */
const designs: Readonly<Record<Example, ReadonlyArray<string>>> = {
  session_registry: ["reference", "asShipped", "inCreationOrder"],
  dcp_consumer: ["reference"]
}

/** Transitions of the bounded role, every one of which is taken. */
const transitions: Readonly<Record<Example, number>> = { session_registry: 58_864, dcp_consumer: 2_140 }

/** What a check finds out about whoever answers to a command. */
const checked = async (command: string, example: Example, runs: number, tour = false) => {
  const entry = remoteRoles.find(({ role }) => role === roles[example])!
  return await entry.open(async (role) => {
    const line = new Line(childDialer(command), { version: "0", specs: [entry.spec], budgets: usualBudgets })
    const options = { seed: 1, runs, tour, interrupted: () => false, onProgress: () => undefined }
    const { implementation, variants, broken, trouble, findings, tour: toured } = await checkRemote(role, line, options)
    return {
      implementation,
      follows: variants.filter(({ verdict }) => verdict === "pass").map(({ name }) => name),
      broken: [
        ...new Set(
          [...broken, ...variants.flatMap(({ divergence }) => divergence?.brokenLaws ?? [])].map(({ law }) => law)
        )
      ],
      toured: toured && [toured.complete, toured.transitions],
      trouble,
      findings: findings.filter(({ verdict }) => verdict !== "pass")
    }
  })
}

/** The examples are not asked to die and come back, nor to wait, for they do not say that they can. */
const unasked = [
  ["restart", "fault with crash"],
  ["pause", "fault with pause"],
  ["time", "clock virtual"],
  ["network", "fault with partition, heal, drop, delay, duplicate, reorder"]
].map(([what, able]) => ({ what, verdict: "not-applicable", why: `the adapter has no capability ${able}` }))

describe.each(languages)("examples: %s", (language) => {
  const examples = examplesIn[language]

  test.each(examples)("the adapter of %s has less than 80 lines", (example) => {
    const text = readFileSync(join(sourcesOf(language), fileOf(language, example, "_adapter")), "utf8")
    expect(text.trimEnd().split("\n").length).toBeLessThan(80)
  })

  describe.skipIf(!isReady(language))("run", () => {
    let commandOf: (example: Example) => string
    beforeAll(() => {
      commandOf = prepared(language)
    }, patienceMs)

    test.each(examples)(
      "%s obeys every law, follows the designs that it should, and takes every transition",
      async (example) => {
        expect(await checked(commandOf(example), example, 60, true)).toEqual({
          implementation: fileOf(language, example),
          follows: designs[example],
          broken: [],
          toured: [true, transitions[example]],
          trouble: undefined,
          findings: unasked
        })
      },
      180_000
    )

    test.each(examples)(
      "the adapter of %s says what is wrong with each odd line, and lives on until its stdin ends",
      (example) => {
        const lines = oddLines(roles[example])
        const { answers, status, log } = conversation(
          commandOf(example),
          lines.map(([line]) => line)
        )
        expect(answers).toMatchObject(lines.map(([, answer]) => answer))
        expect({ status, log }).toEqual({ status: 0, log: "" })
      }
    )

    test.each(examples)("the adapter of %s hears nothing behind a goodbye", (example) => {
      const { answers, status } = conversation(commandOf(example), ['{"id":1,"op":"bye"}', '{"id":2,"op":"levitate"}'])
      expect({ answers, status }).toEqual({ answers: [], status: 0 })
    })

    test.each(examples.filter((example) => example === "dcp_consumer"))(
      "the adapter of %s has a connection that crashes cut a sequence short, and takes nothing more",
      (example) => {
        const start = { epoch: 1, role: roles[example], config: {}, seed: 1 }
        const end = { _tag: "SocketClosed" }
        const { answers } = conversation(commandOf(example), [
          JSON.stringify({ id: 1, op: "inputs", start, inputs: [end, end], observe: ["partitions"] }),
          JSON.stringify({ id: 2, op: "input", input: end }),
          JSON.stringify({ id: 3, op: "observe", names: ["partitions"] })
        ])
        expect(answers).toMatchObject([
          { id: 1, ok: { outputs: [[{ _tag: "Crash", reason: end }]], states: [null] } },
          { id: 2, err: { code: "not-ready" } },
          { id: 3, err: { code: "not-ready" } }
        ])
      }
    )
  })
})

/** One mistake each, and a law that it breaks. */
const mistakes: ReadonlyArray<readonly [Language, Example, string, string, Change]> = [
  [
    "python",
    "session_registry",
    "M01 lets people into a closing session",
    "SES-S3",
    { file: "session_registry.py", from: "        if self.closed:\n            raise GateClosed\n", to: "" }
  ],
  [
    "c",
    "session_registry",
    "M05 drains without waiting",
    "SES-S5",
    { file: "session_registry.c", from: "session->guards != NULL || ", to: "" }
  ],
  [
    "python",
    "dcp_consumer",
    "MB-53445 passes over an end before the response to ADD_STREAM",
    "DCP-L7",
    {
      file: "dcp_consumer.py",
      from: 'raise Crash("UnexpectedStreamEnd", vbucket=vbucket)\n        elif',
      to: "pass\n        elif"
    }
  ],
  [
    "go",
    "session_registry",
    "M01 lets people into a closing session",
    "SES-S3",
    {
      file: "session_registry.go",
      from: "	case session.closing:\n		return nil, errGateClosed\n",
      to: ""
    }
  ],
  [
    "rust",
    "session_registry",
    "M10 does not count the copy of a guard",
    "SES-S5",
    {
      file: "session_registry.rs",
      from: "        Guard::new(&self.session, &self.shard)\n",
      to: `        self.session.inside.set(self.session.inside.get() - 1);
        Guard::new(&self.session, &self.shard)
`
    }
  ],
  [
    "java",
    "session_registry",
    "M83 calls subscribers when their guards are not valid any more",
    "SES-S15",
    {
      file: "SessionRegistry.java",
      from: "      session.subscribers.forEach",
      to: "      session.isClosing = true;\n      session.subscribers.forEach"
    }
  ],
  [
    "c",
    "dcp_consumer",
    "M36 takes the end of an earlier incarnation for that of the latest",
    "DCP-S11",
    { file: "dcp_consumer.c", from: " || stream->opaque != end_seen->opaque", to: "" }
  ]
]

const given = (id: number, input: string): string => `{"id":${id},"op":"input","input":${input}}`

/** Inputs of a connection that are frames, though no messages. What is none of its packets passes on as it came. */
const oddInputs: ReadonlyArray<readonly [line: string, answer: object]> = [
  [`{"id":1,"op":"start","role":"${roles.dcp_consumer}"}`, { ok: {} }],
  [given(2, `{"_tag":"FromKvConsumer","packets":[${"0,".repeat(500_000)}0]}`), { ok: { outputs: [{}] } }],
  [given(3, '{"_tag":"FromKvConsumer","packets":{"a":1}}'), { ok: { outputs: [{ packets: [1] }] } }],
  [given(4, '{"_tag":"FromKvConsumer"}'), { ok: { outputs: [] } }],
  [given(5, '{"_tag":"FromProducerConnection"}'), { ok: { outputs: [] } }],
  [given(6, '{"_tag":"Call","request":{"_tag":"GetPartitions"}}'), { err: { code: "bad-args" } }],
  [given(7, '{"_tag":"Call","call":[],"request":7}'), { ok: { outputs: [{ call: [], value: { _tag: "Refused" } }] } }],
  [
    given(8, '{"_tag":"Call","call":"c","request":{"_tag":"SetupStreams","vbuckets":[1e300,-1e300,{},65536]}}'),
    { ok: { outputs: [{ packet: { _tag: "AddStream", vbucket: 0, opaque: 0, takeover: false } }] } }
  ],
  [given(9, '{"_tag":"Killed"}'), { ok: { outputs: [{ _tag: "Crash", reason: { _tag: "Killed" } }] } }]
]

describe.skipIf(!isReady("c"))("examples: c: sanitized", () => {
  test(
    "no byte is read, freed or lost that should not be",
    async () => {
      const commandOf = prepared(
        "c",
        [],
        "-O1 -g -fsanitize=address,undefined,float-cast-overflow -fno-sanitize-recover=all"
      )
      for (const example of examplesIn.c)
        expect(await checked(commandOf(example), example, 40)).toMatchObject({ trouble: undefined, findings: unasked })
      const { status, log } = conversation(commandOf("session_registry"), [`{"id":1,"op":"bye"}`])
      expect({ status, log }).toEqual({ status: 0, log: "" })
      expect(
        conversation(
          commandOf("dcp_consumer"),
          oddInputs.map(([line]) => line)
        )
      ).toMatchObject({
        answers: oddInputs.map(([, answer]) => answer),
        status: 0,
        log: ""
      })
    },
    patienceMs
  )
})

describe.each(mistakes)("examples: %s: %s with a mistake", (language, example, mistake, law, change) => {
  test.skipIf(!isReady(language))(
    `${mistake}, which breaks ${law}`,
    async () => {
      const { broken } = await checked(prepared(language, [change])(example), example, 300)
      expect(broken).toContain(law)
    },
    patienceMs
  )
})
