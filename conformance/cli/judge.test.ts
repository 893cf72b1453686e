import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { remoteRoles } from "../remote/roles/index.ts"
import { portcullis } from "./shell.test-support.ts"

const spec = remoteRoles.find(({ role }) => role === "sessions/registry")?.spec

/** A registry that lets somebody into a session that was never created. */
const line = {
  schemaVersion: "1.0",
  id: "one",
  spec,
  implementation: "mine",
  steps: [
    { _tag: "Enter", session: "1", guard: "g1" },
    { _tag: "Release", guard: "g1" }
  ],
  seen: [{ outputs: [{ _tag: "Done" }] }, { outputs: [{ _tag: "Done" }] }]
}
const lawful = {
  ...line,
  steps: [{ _tag: "Enter", session: "1", guard: "g1" }],
  seen: [{ outputs: [{ _tag: "Refused", reason: "SessionNotFound" }] }]
}

describe("cli: vectors and judge", () => {
  let folder = ""

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "portcullis-judge-"))
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const file = (name: string, ...lines: ReadonlyArray<unknown>): string => {
    const text = lines.map((one) => `${typeof one === "string" ? one : JSON.stringify(one)}\n`).join("")
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const judged = async (name: string, ...more: ReadonlyArray<string>) => {
    const ran = await portcullis("judge", name, "--report", join(folder, "report"), ...more)
    return { ...ran, out: ran.out.replaceAll(folder, ""), err: ran.err.replaceAll(folder, "") }
  }

  it("a transcript that breaks a law is told with its story", async () => {
    const { status, out } = await judged(file("breaks.jsonl", line))
    expect(status).toBe(1)
    await expect(out).toMatchFileSnapshot("goldens/judge-breaks.txt")
    expect(existsSync(join(folder, "report", "index.html"))).toBe(true)
  })

  it("a lawful transcript passes, and is told the designs that explain it", async () => {
    const { status, out } = await judged(file("lawful.jsonl", lawful))
    expect(status).toBe(0)
    expect(out).toContain("mine as sessions/registry obeys the laws, and follows reference, asShipped, inCreationOrder")
  })

  it("vectors are written with their schemas, and what was left out of them is no pass", async () => {
    const out = join(folder, "vectors")
    const made = await portcullis("vectors", "dcp", "--out", out)
    expect({ ...made, out: made.out.replaceAll(folder, "") }).toEqual({
      status: 0,
      out: `${[
        "/vectors/dcp-consumer-connection.jsonl: 337 vectors, 3,712 steps, all 2,140 transitions of the bounded role",
        "/vectors/dcp-producer-connection.jsonl: 6 vectors, 508 steps, all 508 transitions of the bounded role",
        "/vectors/dcp-replicator.jsonl: 26 vectors, 70 steps, all 41 transitions of the bounded role",
        "/vectors/dcp-replication-manager.jsonl: 4 vectors, 184 steps, all 111 transitions of the bounded role",
        "/vectors/dcp-codec.jsonl: 1 vectors, 9 steps, all 9 transitions of the bounded role"
      ].join("\n")}\n`,
      err: ""
    })
    expect(readdirSync(out)).toEqual(
      ["codec", "consumer-connection", "producer-connection", "replication-manager", "replicator"].flatMap((role) =>
        [".jsonl", ".transcript.schema.json", ".vector.schema.json"].map((end) => `dcp-${role}${end}`)
      )
    )
    const vectors = join(out, "dcp-consumer-connection.jsonl")
    const [first] = readFileSync(vectors, "utf8").split("\n")
    const { id, steps, expect: expected, spec } = JSON.parse(first ?? "")
    const seen = expected.map(([one]: ReadonlyArray<object>) => one)
    const transcript = file("some.jsonl", { schemaVersion: "1.0", id, spec, implementation: "mine", steps, seen })
    const { status, out: told } = await judged(transcript, "--vectors", vectors)
    expect(status).toBe(2)
    expect(told).toContain(
      "dcp/consumer-connection/vectors: unknown: 336 of 337 are not in the transcript, such as dcp/"
    )
  })

  const wrong: ReadonlyArray<readonly [what: string, lines: ReadonlyArray<unknown>, complaint: RegExp]> = [
    ["no lines", [""], /^\/bad\.jsonl has no lines; one JSON object a line was expected$/],
    ["no JSON", [lawful, "{"], /^\/bad\.jsonl:2: one JSON object a line was expected: .+$/],
    ["a list", ["[]"], /^\/bad\.jsonl:1: one JSON object a line was expected, not \[\]$/],
    ["no version", [{}], /^\/bad\.jsonl:1: a schemaVersion such as "1\.0" was expected, not nothing$/],
    [
      "a newer minor version",
      [{ ...lawful, schemaVersion: "1.1" }],
      /^\/bad\.jsonl:1: it is of schema version 1\.1; 1\.0 is the newest that is known here$/
    ],
    [
      "another major version",
      [{ ...lawful, schemaVersion: "2.0" }],
      /^\/bad\.jsonl:1: it is of schema version 2\.0; 1\.0 is the newest/
    ],
    [
      "a role that nobody knows",
      [{ ...lawful, spec: { ...spec, name: "tcp/socket" } }],
      /:1: a spec with the name of a role was expected, one of sessions\/registry, dcp\/consumer-connection, dcp\/producer-connection, dcp\/replicator, dcp\/replication-manager, dcp\/codec, view-building\/worker, raft-upgrade\/discovery, not "tcp\/socket"$/
    ],
    [
      "other words",
      [{ ...lawful, spec: { ...spec, hash: "0" } }],
      /:1: it is in other words of sessions\/registry: hash [0-9a-f]{16} was expected, not "0"$/
    ],
    ["no steps", [{ ...lawful, steps: undefined }], /:1: Missing key at \["steps"\]$/],
    ["a word that is none", [lawful, { ...lawful, steps: [{ _tag: "Leave" }] }], /:2: Expected .+ at \["steps"\]\[0\]/],
    [
      "two implementations",
      [lawful, { ...lawful, implementation: "yours" }],
      /:2: mine was expected, as in the lines before, not yours$/
    ],
    [
      "more seen than asked",
      [{ ...lawful, seen: line.seen }],
      /:1: at most 1 reactions were expected, one for each step, not 2$/
    ]
  ]

  it.each(wrong)("a file with %s is a usage error that says where and what", async (_, lines, complaint) => {
    const { status, out, err } = await judged(file("bad.jsonl", ...lines))
    expect({ status, out }).toEqual({ status: 4, out: "" })
    expect(err).toMatch(/^portcullis: [^\n]+\n$/)
    expect(err.slice("portcullis: ".length, -1)).toMatch(complaint)
  })

  it("a file that is not there, and a protocol without roles, are usage errors", async () => {
    expect((await judged("/nowhere.jsonl")).err).toMatch(/^portcullis: cannot read \/nowhere\.jsonl: ENOENT/)
    expect(await portcullis("vectors", "tcp", "--out", folder)).toEqual({
      status: 4,
      out: "",
      err: 'portcullis: there is no protocol with roles for adapters "tcp"; there is sessions, dcp, view-building, raft-upgrade\n'
    })
  })
})
