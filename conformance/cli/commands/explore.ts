/** `portcullis explore`: every state of a protocol's scopes, and whether all is as pinned. */
import type { Command } from "commander"
import { renderCounterexample } from "../../report/counterexample.ts"
import { renderExploreTable } from "../../report/tables.ts"
import { counterexampleFile, toldCounterexample } from "../counterexamples.ts"
import { type ExitStatus, exitStatus, type Finish, worst } from "../exit-status.ts"
import { type ExploredScope, exploreScope, isChanged, scopeRow, scopeStatus, surpriseLines } from "../explored-scope.ts"
import { type Protocol, protocolNamed, scopeNamed } from "../protocols.ts"
import { parameterFrom, scopeTokenText } from "../scope-token.ts"
import { painted, printJson, type Shell } from "../shell.ts"

interface Options {
  readonly scope?: string
  readonly variant: ReadonlyArray<string>
  readonly without: ReadonlyArray<string>
  readonly json?: boolean
}

const also = (value: string, earlier: ReadonlyArray<string>): ReadonlyArray<string> => [...earlier, value]

export const addExplore = (program: Command, shell: Shell, finish: Finish): void => {
  program
    .command("explore")
    .description("walk every state of a protocol's scopes and check every law")
    .argument("<protocol>", "such as dcp")
    .option("--scope <name>", "this scope only; all unless told")
    .option("--variant <name=value>", "change a parameter of the design; may be repeated", also, [])
    .option("--without <assumption>", "switch an assumption off; may be repeated", also, [])
    .option("--json", "print one JSON document")
    .action((name: string, options: Options) => finish(exploring(protocolNamed(name), options, shell)))
}

const exploring = (protocol: Protocol, options: Options, shell: Shell): ExitStatus => {
  const overrides = { variant: Object.fromEntries(options.variant.map(parameterFrom)), without: options.without }
  const scopes = options.scope === undefined ? protocol.scopes : [scopeNamed(protocol, options.scope)]
  const explored: Array<ExploredScope> = []
  for (const scope of scopes) if (!shell.interrupted()) explored.push(exploreScope(scope, overrides, shell))
  const all = explored.length === scopes.length ? exitStatus.pass : exitStatus.unknown
  const status = worst([...explored.map(scopeStatus), all])
  if (options.json === true) {
    printJson(shell, asJson(protocol, explored))
    return status
  }
  shell.print(renderExploreTable(explored.map(scopeRow)))
  for (const one of explored) tellStories(protocol, one, options.scope !== undefined, shell)
  shell.print(["", ...explored.flatMap(surpriseLines), closing(explored, scopes.length, status, shell)].join("\n"))
  return status
}

const asJson = (protocol: Protocol, explored: ReadonlyArray<ExploredScope>) => ({
  protocol: protocol.protocol,
  scopes: explored.map((one) => {
    const { scope, distinct, generated, depth, seconds, asExpected } = scopeRow(one)
    const place = { protocol: protocol.protocol, scope, ...one.overrides }
    const laws = one.found.laws.map(({ id, verdict, length }) => ({
      id,
      verdict,
      ...(length === undefined ? {} : { length }),
      ...(verdict === "violated" ? { replay: scopeTokenText({ ...place, law: id }) } : {})
    }))
    return { scope, distinct, generated, depth, seconds, complete: one.found.complete, asExpected, laws }
  })
})

/** Violations that nobody expected; of a scope that was asked for by name, all. */
const tellStories = (protocol: Protocol, explored: ExploredScope, byName: boolean, shell: Shell): void => {
  const violated = explored.found.laws.filter(({ verdict }) => verdict === "violated")
  for (const law of byName ? violated : explored.unexpected) {
    const told = toldCounterexample(protocol, counterexampleFile(protocol, explored, law))
    shell.print(`\n${renderCounterexample(told, shell.style)}`)
  }
}

const closing = (explored: ReadonlyArray<ExploredScope>, asked: number, status: ExitStatus, shell: Shell): string => {
  const complete = explored.filter(({ found }) => found.complete).length
  const good = explored.filter((one) => scopeStatus(one) === exitStatus.pass).length
  const as = explored.some(({ overrides }) => isChanged(overrides)) ? "without a violated law" : "as pinned"
  const stopped = complete < asked ? `; stopped after ${complete} of ${asked}` : ""
  return `${painted(status, shell)}: ${good} of ${asked} ${asked === 1 ? "scope" : "scopes"} ${as}${stopped}`
}
