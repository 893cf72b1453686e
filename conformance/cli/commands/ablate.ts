/** `portcullis explore --ablate`: which laws stand on which assumption. */
import { renderAblationTable } from "../../report/tables.ts"
import { type Ablated, ablatable, ablate } from "../ablation.ts"
import { type ExitStatus, exitStatus } from "../exit-status.ts"
import { type Protocol, scopeNamed } from "../protocols.ts"
import { painted, printJson, type Shell } from "../shell.ts"
import { tellStory } from "../tell-story.ts"
import { listed, UsageError } from "../usage-error.ts"

interface Options {
  readonly scope?: string
  readonly json?: boolean
}

/** Switches off each assumption in turn, and prints what breaks. That something breaks is no failure. */
export const ablating = async (protocol: Protocol, options: Options, shell: Shell): Promise<ExitStatus> => {
  const scopes = scopesFor(protocol, options.scope)
  const ablations = ablate(protocol, scopes, shell)
  const status = ablations.length === protocol.assumptions.length ? exitStatus.pass : exitStatus.unknown
  if (options.json === true) {
    printJson(shell, {
      protocol: protocol.protocol,
      ablations: ablations.map(({ assumption, laws }) => ({ assumption, laws }))
    })
    return status
  }
  shell.print(renderAblationTable(ablations))
  for (const { broken } of ablations) {
    const [first] = broken
    if (first !== undefined) tellStory(protocol, first.explored, first.law, shell)
  }
  const where = `in ${scopes.length === 1 ? "scope" : "scopes"} ${listed(scopes.map(({ name }) => name))}`
  shell.print(`\n${where}\n${closing(ablations, protocol.assumptions.length, status, shell)}`)
  return status
}

const scopesFor = (protocol: Protocol, name: string | undefined) => {
  const all = ablatable(protocol)
  if (name === undefined) return all
  const asked = scopeNamed(protocol, name)
  if (all.includes(asked)) return [asked]
  const names = listed(all.map((scope) => scope.name))
  throw new UsageError(`--ablate needs a scope that is small and in which every law holds: ${names}`)
}

const closing = (ablations: ReadonlyArray<Ablated>, all: number, status: ExitStatus, shell: Shell): string => {
  const needed = ablations.filter(({ laws }) => laws.length > 0).length
  const stopped = ablations.length < all ? `; stopped after ${ablations.length} of ${all}` : ""
  return `${painted(status, shell)}: laws break without ${needed} of ${all} assumptions${stopped}`
}
