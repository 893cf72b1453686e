/** `portcullis vectors`: the complete test of every role of a protocol as files, for those who would rather read than run a kit. */
import { mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Command } from "commander"
import { Schema } from "effect"
import type { RoleEntry } from "../../remote/remote-role.ts"
import { remoteRoles } from "../../remote/roles/index.ts"
import { count } from "../../report/counts.ts"
import { makeVectors } from "../../vectors/make-vectors.ts"
import { jsonSchemaOf, transcriptOf, vectorOf } from "../../vectors/vector.ts"
import { type ExitStatus, exitStatus, type Finish } from "../exit-status.ts"
import { painted, type Shell } from "../shell.ts"
import { noSuch, UsageError } from "../usage-error.ts"

interface Options {
  readonly out: string
}

export const addVectors = (program: Command, shell: Shell, finish: Finish): void => {
  program
    .command("vectors")
    .description("write every transition of the bounded roles as files of inputs and expected outputs")
    .argument("<protocol>", "of this protocol")
    .requiredOption("--out <folder>", "where to write them")
    .action((protocol: string, options: Options) => finish(writing(protocol, options, shell)))
}

const writing = async (protocol: string, { out }: Options, shell: Shell): Promise<ExitStatus> => {
  for (const entry of entriesOf(protocol)) {
    const { name, text, told } = await fileOf(entry, shell)
    if (shell.interrupted()) {
      shell.print(`${painted(exitStatus.unknown, shell)}: stopped, and ${name} is not written`)
      return exitStatus.unknown
    }
    write(out, `${name}.jsonl`, text)
    for (const [kind, schema] of schemasOf(entry)) write(out, `${name}.${kind}.schema.json`, schema)
    shell.print(`${join(out, `${name}.jsonl`)}: ${told}`)
  }
  return exitStatus.pass
}

const protocolOf = ({ role }: RoleEntry): string => role.split("/")[0] ?? ""

const entriesOf = (protocol: string): ReadonlyArray<RoleEntry> => {
  const entries = remoteRoles.filter((entry) => protocolOf(entry) === protocol)
  if (entries.length > 0) return entries
  throw new UsageError(noSuch("protocol with roles for adapters", protocol, remoteRoles.map(protocolOf)))
}

const fileOf = ({ open, spec }: RoleEntry, shell: Shell) =>
  open(async (role) => {
    shell.progress(() => `${role.role}: taking every transition`)
    const { vectors, transitions } = await makeVectors(role, spec, () => shell.interrupted())
    const encode = Schema.encodeSync(vectorOf(role))
    const steps = vectors.reduce((sum, { steps }) => sum + steps.length, 0)
    return {
      name: role.role.replaceAll("/", "-"),
      text: vectors.map((vector) => `${JSON.stringify(encode(vector))}\n`).join(""),
      told: `${count(vectors.length)} vectors, ${count(steps)} steps, all ${count(transitions)} transitions of the bounded role`
    }
  })

const schemasOf = ({ open }: RoleEntry): ReadonlyArray<readonly [kind: string, text: string]> =>
  open((role) => [
    ["vector", pretty(jsonSchemaOf(vectorOf(role)))] as const,
    ["transcript", pretty(jsonSchemaOf(transcriptOf(role)))] as const
  ])

const pretty = (value: object): string => `${JSON.stringify(value, null, 2)}\n`

const write = (folder: string, name: string, text: string): void => {
  try {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, name), text)
  } catch (error) {
    throw new UsageError(`cannot write to ${folder}: ${error instanceof Error ? error.message : error}`)
  }
}
