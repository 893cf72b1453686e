// Goal: vectors are complete and right, and what came of them is judged as if the implementation were here. Method: play them.
import { Schema } from "effect"
import { expect, test } from "vitest"
import { asShipped, reference } from "../../model/dcp/variants.ts"
import { modelMade } from "../kit/dcp/model-made.test-support.ts"
import { type Adapter, isDied, isStrange } from "../kit/role-under-test.ts"
import { M05 } from "../museum/sessions/mutants/m05-drain-without-waiting.ts"
import { registryAdapter } from "../museum/sessions/registry-adapter.ts"
import { casesOf } from "../remote/cases.ts"
import type { RemoteRole, RoleEntry } from "../remote/remote-role.ts"
import { consumerConnectionRole } from "../remote/roles/consumer-connection.ts"
import { remoteRoles } from "../remote/roles/index.ts"
import { sessionRegistryRole } from "../remote/roles/session-registry.ts"
import { judge } from "./judge.ts"
import { makeVectors } from "./make-vectors.ts"
import { type TranscriptLine, type Vector, vectorOf } from "./vector.ts"

const specOf = (role: string): RoleEntry["spec"] => remoteRoles.find((entry) => entry.role === role)!.spec

const consumerVectors = await makeVectors(consumerConnectionRole, specOf("dcp/consumer-connection"))

/** The first of these only: every transition of the registry takes its time. */
const someRegistryVectors = async () => {
  let asked = 0
  return await makeVectors(sessionRegistryRole, specOf("sessions/registry"), () => asked++ > 40)
}
const registryVectors = await someRegistryVectors()

/** What an implementation does with vectors, as its own runner would write it down. */
const played = async <L, I, O, V>(
  { shown, isLast }: RemoteRole<L, I, O, V>,
  adapter: Adapter<I, O, V>,
  vectors: ReadonlyArray<Vector<I, O, V>>
): Promise<ReadonlyArray<TranscriptLine<I, O>>> => {
  const lines: Array<TranscriptLine<I, O>> = []
  for (const { id, steps } of vectors) {
    const session = await adapter.start()
    const seen: Array<TranscriptLine<I, O>["seen"][number]> = []
    for (const input of steps) {
      const { outputs, observed } = await session.input(input)
      seen.push({
        outputs: outputs.flatMap((output) => (isDied(output) || isStrange(output) ? [] : [output])),
        ...(shown === undefined || observed === undefined ? {} : { state: observed && { [shown.name]: observed } })
      })
      if (outputs.some(isLast)) break
    }
    await session.stop()
    lines.push({ id, implementation: adapter.name, steps, seen })
  }
  return lines
}

const verdicts = <L, I, O extends { readonly _tag: string }, V>(
  role: RemoteRole<L, I, O, V>,
  lines: ReadonlyArray<TranscriptLine<I, O>>
) => {
  const { broken, variants, findings } = judge(role, "mine", lines)
  return {
    broken: broken.map(({ law }) => law),
    follows: variants.filter(({ verdict }) => verdict === "pass").map(({ name }) => name),
    findings: findings.map(({ what, verdict }) => `${what}: ${verdict}`)
  }
}

test("kit: vectors: those of the consumer connection take all 2,140 transitions, each under a name of its own", () => {
  const { vectors, transitions } = consumerVectors
  expect([vectors.length, transitions]).toEqual([337, 2_140])
  expect(new Set(vectors.map(({ id }) => id)).size).toBe(vectors.length)
})

test("kit: vectors: one is read back as it was written, by its own schema", () => {
  for (const [role, vector] of [[consumerConnectionRole, consumerVectors.vectors[7]!]] as const) {
    const schema = vectorOf(role)
    const line = JSON.stringify(Schema.encodeSync(schema)(vector))
    expect(Schema.decodeUnknownSync(schema)(JSON.parse(line))).toEqual(vector)
  }
})

test("kit: vectors: where any order is allowed, every order is expected", () => {
  const most = registryVectors.vectors.flatMap(({ expect }) => expect.map(({ length }) => length))
  expect(Math.max(...most)).toBe(2)
})

test("kit: vectors: the same vectors are made every time", async () => {
  expect((await someRegistryVectors()).vectors).toEqual(registryVectors.vectors)
})

test("kit: judge: our registry obeys every law and follows every variant, as its transcript tells", async () => {
  const lines = await played(sessionRegistryRole, registryAdapter(), registryVectors.vectors)
  expect(verdicts(sessionRegistryRole, lines)).toEqual({
    broken: [],
    follows: ["reference", "asShipped", "inCreationOrder"],
    findings: ["survival: pass", "completeness: pass"]
  })
})

test("kit: judge: a registry that drains without waiting breaks the law that it is named for", async () => {
  const adapter = registryAdapter("M05", () => new M05.subject())
  const lines = await played(sessionRegistryRole, adapter, registryVectors.vectors)
  const { broken, follows } = verdicts(sessionRegistryRole, lines)
  expect(broken).toContain("SES-S5")
  expect(follows).toEqual([])
})

test.each([
  ["reference", reference],
  ["asShipped", asShipped]
] as const)("kit: judge: a connection made from %s is told by its transcript", async (name, variant) => {
  const lines = await played(consumerConnectionRole, modelMade(variant), consumerVectors.vectors)
  expect(verdicts(consumerConnectionRole, lines).follows).toEqual([name])
})

test("kit: judge: a transcript that ends early is no pass", async () => {
  const lines = await played(sessionRegistryRole, registryAdapter(), registryVectors.vectors)
  const result = judge(
    sessionRegistryRole,
    "mine",
    lines.map((line) => ({ ...line, seen: line.seen.slice(0, -1) }))
  )
  expect(casesOf(result, false).find(({ id }) => id === "sessions/registry/completeness")).toMatchObject({
    verdict: "unknown",
    why: expect.stringMatching(/^\d+ end before their steps do, and nobody has died, such as sessions\/registry\//)
  })
})
