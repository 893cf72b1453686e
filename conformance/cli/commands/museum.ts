/** `portcullis museum`: whether the common battery notices every mutant. */
import { type Command, Option } from "commander"
import { renderMuseumTable } from "../../report/tables.ts"
import { type ExitStatus, exitStatus, type Finish, worst } from "../exit-status.ts"
import type { Museum, MutantResult } from "../museum-api.ts"
import { museums, museumsOverStdio } from "../museums.ts"
import { defaultSeed, seedFrom } from "../numbers.ts"
import { protocolsFor } from "../protocols.ts"
import { painted, printJson, type Shell } from "../shell.ts"
import { listed, UsageError } from "../usage-error.ts"

interface Options {
  readonly seed: number
  readonly over?: "stdio"
  readonly json?: boolean
}

export const addMuseum = (program: Command, shell: Shell, finish: Finish): void => {
  program
    .command("museum")
    .description("run the common battery against every mutant")
    .argument("[protocol]", "of this protocol only")
    .option("--seed <number>", "seed of all random choices", seedFrom, defaultSeed)
    .addOption(
      new Option("--over <way>", "all of them behind an adapter, beside what becomes of them in process").choices([
        "stdio"
      ])
    )
    .option("--json", "print one JSON document")
    .action((protocol: string | undefined, options: Options) =>
      finish(visiting(museumsFor(protocol, options.over === undefined ? museums : museumsOverStdio()), options, shell))
    )
}

const museumsFor = (name: string | undefined, museums: ReadonlyArray<Museum>): ReadonlyArray<Museum> => {
  const asked = protocolsFor(name).map(({ protocol }) => protocol)
  const open = museums.filter(({ protocol }) => asked.includes(protocol))
  if (open.length > 0) return open
  throw new UsageError(`${listed(asked)} has no museum; there is ${listed(museums.map(({ protocol }) => protocol))}`)
}

/** Runs every mutant of some museums and prints what became of each. */
export const visiting = async (open: ReadonlyArray<Museum>, options: Options, shell: Shell): Promise<ExitStatus> => {
  const results = await battery(open, options.seed, shell)
  const all = open.reduce((sum, { mutants }) => sum + mutants.length, 0)
  const status = worst([
    results.some(({ result }) => result.verdict === "alive" || isElse(result)) ? exitStatus.fail : exitStatus.pass,
    results.length < all ? exitStatus.unknown : exitStatus.pass
  ])
  if (options.json === true)
    printJson(shell, {
      mutants: results.map(({ museum: { protocol }, result: { what: _, ...told } }) => ({ protocol, ...told }))
    })
  else
    shell.print(
      `${renderMuseumTable(results.map((one) => entry(one, new Set(open.map(({ protocol }) => protocol)).size > 1)))}\n\n${closing(results, all, status, shell)}`
    )
  return status
}

/** A mutant is known by its number and its museum: numbers are given anew in each. */
interface Examined {
  readonly museum: Museum
  readonly result: MutantResult
}

const battery = async (open: ReadonlyArray<Museum>, seed: number, shell: Shell): Promise<ReadonlyArray<Examined>> => {
  const results: Array<Examined> = []
  for (const museum of open)
    for (const [at, { id }] of museum.mutants.entries()) {
      if (shell.interrupted()) return results
      shell.progress(() => `${museum.protocol}: ${id}, ${at + 1} of ${museum.mutants.length}`)
      results.push({ museum, result: await museum.run(id, { seed }) })
    }
  return results
}

const sentenceOf = ({ museum: { mutants }, result }: Examined): string =>
  mutants.find(({ id }) => id === result.id)?.sentence ?? ""

/** What the mutant changes matters to a reader more than what it was caught at, which its story tells. */
const entry = (one: Examined, ofSeveral: boolean) => {
  const { id, verdict, law, by, length, millis, inProcess } = one.result
  return {
    ...(ofSeveral ? { protocol: one.museum.protocol } : {}),
    id,
    verdict,
    law: law ?? "",
    by,
    length: length ?? undefined,
    ms: Math.round(millis),
    inProcess: inProcess && (inProcess.law ?? inProcess.verdict),
    what: sentenceOf(one)
  }
}

/** Whether a mutant fares otherwise behind an adapter than in process. */
const isElse = ({ verdict, inProcess }: MutantResult): boolean =>
  inProcess !== undefined && inProcess.verdict !== verdict

const closing = (results: ReadonlyArray<Examined>, all: number, status: ExitStatus, shell: Shell): string => {
  const times = (verdict: MutantResult["verdict"]) => results.filter(({ result }) => result.verdict === verdict).length
  const stopped = results.length < all ? `; stopped after ${results.length} of ${all}` : ""
  const counts = `${times("killed")} killed, ${times("equivalent")} equivalent, ${times("alive")} alive`
  return `${painted(status, shell)}: ${counts}${comparison(results)}${stopped}`
}

/** How many are as they are in process; nothing where nobody has looked. */
const comparison = (results: ReadonlyArray<Examined>): string => {
  const both = results.flatMap(({ result }) => (result.inProcess === undefined ? [] : [result]))
  if (both.length === 0) return ""
  const alike = both.filter((result) => !isElse(result))
  const byLaw = alike.filter(({ law, inProcess }) => law === inProcess?.law)
  return `; ${alike.length} of ${both.length} as in process, ${byLaw.length} of them by the same law`
}
