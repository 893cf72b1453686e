/** `portcullis init`: the skeleton of an adapter, and what to do next. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { Command } from "commander"
import { type RoleEntry, rolesNamed } from "../../remote/remote-role.ts"
import { remoteRoles } from "../../remote/roles/index.ts"
import { type Scaffold, scaffold, scaffoldLanguages } from "../../scaffold/scaffold.ts"
import { type ExitStatus, exitStatus, type Finish } from "../exit-status.ts"
import type { Shell } from "../shell.ts"
import { listed, named, noSuch, UsageError } from "../usage-error.ts"

interface Options {
  readonly language: string
  readonly role: string
  readonly out?: string
  readonly force?: boolean
}

export const addInit = (program: Command, shell: Shell, finish: Finish): void => {
  program
    .command("init")
    .description("write the skeleton of an adapter, and say what to do next")
    .requiredOption("--language <language>", listed(scaffoldLanguages))
    .requiredOption("--role <role>", listed(remoteRoles.map(({ role }) => role)))
    .option("--out <folder>", "where to write it; a folder of the role's name unless told")
    .option("--force", "overwrite files that are there")
    .action((options: Options) => finish(writing(options, shell)))
}

const writing = (options: Options, shell: Shell): ExitStatus => {
  const language = named("language", options.language, scaffoldLanguages, (one) => one)
  const entry = roleFor(options.role)
  const folder = options.out ?? `${entry.role.split("/").at(-1)}-adapter`
  const skeleton = scaffold(language, entry)
  write(skeleton, folder, options.force === true)
  const others = skeleton.files.map(({ name }) => name).filter((name) => name !== skeleton.adapter)
  shell.print(`${folder}: ${skeleton.adapter}, which is yours to fill in; beside it, as it stays: ${listed(others)}\n`)
  shell.print("It shakes hands, and answers every input with what is missing. Next:\n")
  for (const command of nextCommands(skeleton, folder, entry)) shell.print(`  ${command}`)
  return exitStatus.pass
}

/** A role is named with its protocol or without. */
const roleFor = (name: string): RoleEntry => {
  const [entry] = rolesNamed(remoteRoles, name)
  if (entry !== undefined) return entry
  throw new UsageError(
    noSuch(
      "role",
      name,
      remoteRoles.map(({ role }) => role)
    )
  )
}

/** All files or none: half a skeleton beside half of something else would help nobody. */
const write = ({ files }: Scaffold, folder: string, force: boolean): void => {
  const there = files.map(({ name }) => name).filter((name) => existsSync(join(folder, name)))
  if (there.length > 0 && !force)
    throw new UsageError(`${folder} has ${listed(there)} already; --force overwrites, and --out writes elsewhere`)
  try {
    mkdirSync(folder, { recursive: true })
    for (const { name, text } of files) writeFileSync(join(folder, name), text)
  } catch (error) {
    throw new UsageError(`cannot write to ${folder}: ${error instanceof Error ? error.message : error}`)
  }
}

const nextCommands = ({ build, command }: Scaffold, folder: string, { role }: RoleEntry): ReadonlyArray<string> => [
  `cd ${inShell(folder)}`,
  ...(build === undefined ? [] : [build]),
  `npx portcullis check --adapter "${command}" --role ${role}`
]

/** A text as one word of a shell. */
const inShell = (text: string): string =>
  /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
