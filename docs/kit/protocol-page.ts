/** The reference page of the kit protocol, made from the schemas and tables that the kit itself reads. */
import { Schema } from "effect"
import { exitStatus, statusOf, wordFor } from "../../conformance/cli/exit-status.ts"
import { Event } from "../../conformance/protocol/answers.ts"
import { Capabilities, FaultKind } from "../../conformance/protocol/capabilities.ts"
import { errorCodes, errorTable } from "../../conformance/protocol/error-table.ts"
import { goodbyeMs, keptLines, maxDepth, maxLineBytes } from "../../conformance/protocol/limits.ts"
import { Request } from "../../conformance/protocol/requests.ts"
import { offered } from "../../conformance/protocol/versions.ts"
import { usualBudgets } from "../../conformance/remote/budgets.ts"
import { remoteRoles } from "../../conformance/remote/roles/index.ts"
import type { Verdict } from "../../conformance/report/report.ts"
import { schemaVersionText } from "../../conformance/vectors/vector.ts"
import { answerSchemas, type JsonSchema, shapeOf } from "./schemas.ts"
import { verdictMeanings } from "./verdicts.ts"

const table = (heads: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string =>
  [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n")

const cell = (text: string): string => text.replaceAll("|", "\\|")

/** A schema in short: `{epoch: integer, role: string}`, with a question mark behind what may be left out. */
const short = (schema: JsonSchema): string => {
  if (schema.anyOf !== undefined) return schema.anyOf.map(short).join(" | ")
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(" | ")
  if (schema.prefixItems !== undefined) return `[${schema.prefixItems.map(short).join(", ")}]`
  if (schema.type === "array") return `[${schema.items === undefined ? "any" : short(schema.items)}]`
  if (schema.properties !== undefined) return `{${fields(schema).join(", ")}}`
  return schema.type ?? "any"
}

const fields = (
  { properties = {}, required = [] }: JsonSchema,
  without: ReadonlyArray<string> = []
): ReadonlyArray<string> =>
  Object.entries(properties)
    .filter(([name]) => !without.includes(name))
    .map(([name, schema]) => `${name}${required.includes(name) ? "" : "?"}: ${short(schema)}`)

const code = (texts: ReadonlyArray<string>): string => (texts.length === 0 ? "" : `\`${texts.join(", ")}\``)

const operations = (): string =>
  table(
    ["op", "fields of the request", "`ok` of the answer"],
    Request.members.map((member) => {
      const op = member.fields.op.literal
      const answer = answerSchemas[op]
      return [
        `\`${op}\``,
        code(fields(shapeOf(member), ["id", "op"])),
        answer === undefined ? "none" : `\`${short(shapeOf(answer))}\``
      ]
    })
  )

const verdictRows = (Object.entries(verdictMeanings) as ReadonlyArray<[Verdict, string]>).map(([verdict, when]) => [
  `\`${verdict}\``,
  String(statusOf(verdict)),
  when
])

/** The whole page. */
export const protocolPage = (): string => `# The kit protocol

Generated: \`UPDATE_DOCS=1 npx vitest run docs/kit\`, from the schemas that the kit reads frames with. How it goes over the line is
shown in [frames.md](frames.md); the same as JSON Schema is in [protocol.schema.json](protocol.schema.json).

Version ${offered.major}, minor ${offered.minor.join(" to ")}. One JSON object a line, UTF-8, at most ${maxLineBytes} bytes and ${maxDepth} levels deep,
over stdin and stdout of a child process, TCP or a Unix socket. A question mark stands behind the name of what may be left out.
Fields that are not named here are ignored by both sides.

## Operations

A request is \`{"id":…,"op":…}\` with the fields below, and its answer is \`{"id":…,"ok":…}\` or \`{"id":…,"err":{"code":…,"message"?:…}}\`.

${operations()}

An adapter with \`caps.events\` may send \`${short(shapeOf(Event))}\` at any time after a \`start\`.

## Roles

${table(
  ["role", "version of its words", "hash of its words"],
  remoteRoles.map(({ role, spec: { version, hash } }) => [`\`${role}\``, version, `\`${hash}\``])
)}

## Capabilities

\`caps\` in the answer to \`hello\`. What is not listed is absent, and is never asked for: its cases are \`not-applicable\`.

${table(
  ["capability", "values"],
  Object.entries(shapeOf(Capabilities).properties ?? {}).map(([name, schema]) => [
    `\`${name}\``,
    `\`${short(schema)}\``
  ])
)}

Faults that the kit may ask for: ${FaultKind.literals.map((kind) => `\`${kind}\``).join(", ")}.

## Errors

Definite: what was asked did not happen, and will not. An \`input\` or \`inputs\` that is answered \`unsupported\` fails nobody: the verdict is
\`unsupported\`, and no law and no design is claimed.

${table(
  ["code", "definite", "when"],
  errorCodes.map((name) => [`\`${name}\``, errorTable[name].definite ? "yes" : "no", errorTable[name].when])
)}

## Verdicts and exit statuses

The highest status of all cases is the exit status.

${table(["verdict", "exit status", "when"], verdictRows)}

${table(
  ["exit status", "word"],
  Object.values(exitStatus).map((status) => [String(status), wordFor(status)])
)}

## Budgets

An answer that does not come in time is indefinite. After ${"`bye`"} an adapter has ${goodbyeMs} ms until TERM and as long again until KILL. The last
${keptLines} lines of each direction and of its log are kept, and shown when something is wrong.

${table(
  ["budget", "ms"],
  Object.entries(usualBudgets).map(([name, ms]) => [name, String(ms)])
)}

## Walks

An adapter is asked at random: some hundred walks of up to 60 steps, each following from the seed and its own number. With \`--guided\` fast-check
draws the walks, and what earlier ones led to steers it: two in three go on from the end of a story that few have come to, towards sets of
possible model states that few have reached. All that it goes by is what the kit knows anyway. It never looks into an implementation, needs
no capability, and takes whole sequences as well as inputs one by one. The same seed asks the same; what is found is shrunk by fast-check,
made 1-minimal, and left as a regression like anything else. The check tells how many sets of states, rules and choices were reached. It is worth
asking for where nothing is found otherwise: decision 0013 has the figures.

## Vectors and transcripts

\`portcullis vectors PROTOCOL --out DIR\` writes for each role a file of JSON lines, schema version ${schemaVersionText}, with a JSON Schema for its lines and one
for the lines of a transcript. A vector begins with a fresh implementation, has \`steps\`, and for each step everything that may come of
it in \`expect\`: one of these has to. Outputs of different \`_tag\` come in any order among each other, and packets that are
forwarded in several outputs count as if they were in one. \`{"$":"ignore"}\` stands for a state that nobody can see, and \`null\` for that
of the dead. \`portcullis judge TRANSCRIPT\` then says which laws hold and which designs explain it; a file of a newer minor
version than the kit's own is refused.

[run_vectors.py](../../conformance/examples/python/run_vectors.py) is a runner in Python to begin with: it plays a file of vectors without the
kit, says where something came that was not expected, and writes the transcript. A runner compares \`schemaVersion\` with the version that
it was written for and refuses another major or a newer minor one, and a vector whose \`requires\` names a capability that it has not.
`

/** The same as JSON Schema: one definition for each frame. */
export const protocolSchema = (): string =>
  `${JSON.stringify(
    {
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: "portcullis/kit/protocol",
      $defs: Object.fromEntries([
        ...Request.members.map((member) => [`${member.fields.op.literal}.request`, plain(member)]),
        ...Object.entries(answerSchemas).map(([op, schema]) => [`${op}.ok`, plain(schema)]),
        ["event", plain(Event)]
      ])
    },
    null,
    1
  )}\n`

const plain = (schema: Schema.Codec<unknown, unknown>): object => Schema.toJsonSchemaDocument(schema).schema
