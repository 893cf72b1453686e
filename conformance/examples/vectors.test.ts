// Goal: whoever would rather read files than run a kit gets the same verdicts. Method: play the vectors in Python, and judge what came.
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { portcullis } from "../cli/shell.test-support.ts"
import { schemaVersion } from "../vectors/vector.ts"
import { type Change, isReady, patienceMs, preparedFolder, removePrepared, sourcesOf } from "./examples.test-support.ts"

const folder = mkdtempSync(join(tmpdir(), "portcullis-vectors-"))
const vectors = join(folder, "dcp-consumer-connection.jsonl")

afterAll(() => {
  removePrepared()
  rmSync(folder, { recursive: true, force: true })
})

/** Plays a file of vectors with the runner, whose sources may be changed before. */
const played = (file: string, changes: ReadonlyArray<Change> = []) => {
  const runner = join(preparedFolder("python", changes), "run_vectors.py")
  const { status, stdout, stderr } = spawnSync("python3", ["-B", runner, file], {
    encoding: "utf8",
    maxBuffer: 1 << 26
  })
  return { status, transcript: stdout, told: stderr }
}

const judged = async (transcript: string) => {
  const file = join(folder, "transcript.jsonl")
  writeFileSync(file, transcript)
  return await portcullis("judge", file, "--vectors", vectors, "--report", join(folder, "report"))
}

describe.skipIf(!isReady("python"))("examples: vectors", () => {
  beforeAll(async () => {
    await portcullis("vectors", "dcp", "--out", folder)
  }, patienceMs)

  test("all are played without the kit, nothing comes that was not expected, and the judge agrees", async () => {
    const { status, transcript, told } = played(vectors)
    expect({ status, told }).toEqual({ status: 0, told: "337 vectors played, 0 with a surprise\n" })
    const { status: verdict, out } = await judged(transcript)
    expect(out).toContain("dcp_consumer.py as dcp/consumer-connection obeys the laws, and follows reference")
    expect(verdict).toBe(0)
  })

  test("a mistake shows as a surprise, and the judge names the law that it breaks", async () => {
    const { status, transcript, told } = played(vectors, [
      {
        file: "dcp_consumer.py",
        from: 'raise Crash("UnexpectedStreamEnd", vbucket=vbucket)\n        elif',
        to: "pass\n        elif"
      }
    ])
    expect(status).toBe(1)
    expect(told).toMatch(/^dcp\/consumer-connection\/[0-9a-f]{16}, step \d+: not expected: /)
    const { status: verdict, out } = await judged(transcript)
    expect(verdict).toBe(1)
    expect(out).toContain("DCP-L7")
  })

  test("a transcript with vectors left out is no pass", async () => {
    const { transcript } = played(vectors)
    const { status, out } = await judged(transcript.split("\n").slice(0, 100).join("\n"))
    expect(status).toBe(2)
    expect(out).toContain("237 of 337 are not in the transcript")
  })

  test.each([
    [
      "a newer minor version",
      { schemaVersion: "1.1" },
      "line 1 is of schema version 1.1; 1.0 is the newest that is known here"
    ],
    [
      "a newer major version",
      { schemaVersion: "2.0" },
      "line 1 is of schema version 2.0; 1.0 is the newest that is known here"
    ],
    [
      "a role that is not played here",
      { spec: { name: "sessions/teller" } },
      "line 1 is for sessions/teller, which is not played here"
    ],
    ["a capability that is not here", { requires: ["fault", "batch"] }, "line 1 requires fault"]
  ])("the runner refuses %s", (_, change, complaint) => {
    const [line = ""] = readFileSync(vectors, "utf8").split("\n")
    const file = join(folder, "changed.jsonl")
    writeFileSync(file, `${JSON.stringify({ ...JSON.parse(line), ...change })}\n`)
    expect(played(file)).toEqual({ status: 2, transcript: "", told: `${file}: ${complaint}\n` })
  })

  test("the runner says what is wrong with a file that is none of vectors", () => {
    const file = join(folder, "none.jsonl")
    writeFileSync(file, "hello\n")
    expect(played(file)).toMatchObject({ status: 2, transcript: "", told: expect.stringContaining("JSONDecodeError") })
    expect(played(join(folder, "nowhere"))).toMatchObject({
      status: 2,
      told: expect.stringContaining("FileNotFoundError")
    })
  })
})

test("examples: vectors: the runner knows the schema version that the kit writes, and no other", () => {
  const text = readFileSync(join(sourcesOf("python"), "run_vectors.py"), "utf8")
  expect(text).toContain(`\nKNOWN = (${schemaVersion.major}, ${schemaVersion.minor})\n`)
})
