/** `portcullis explore`: every state of a protocol's scopes, and whether all is as pinned. */
import type { Command } from "commander"
import type { Walked } from "../../../model/explorer/walked.ts"
import { renderExploreTable } from "../../report/tables.ts"
import { coveredLine } from "../covered.ts"
import { type EffortOptions, effortFrom } from "../effort.ts"
import { type ExitStatus, exitStatus, type Finish, worst } from "../exit-status.ts"
import { type ExploredScope, scopeRow, scopeStatus, searchRow, searchScope, surpriseLines } from "../explored-scope.ts"
import { fittingScopes } from "../fitting-scopes.ts"
import {
  checkpointEveryFrom,
  maxMemoryFrom,
  maxStatesFrom,
  seedFrom,
  stepsFrom,
  walksFrom,
  workersFrom
} from "../numbers.ts"
import { type Protocol, protocolNamed, scopeNamed } from "../protocols.ts"
import { parameterFrom, scopeTokenText } from "../scope-token.ts"
import { type Effort, isChanged, searchOf } from "../searches.ts"
import { painted, printJson, type Shell } from "../shell.ts"
import { tellStory } from "../tell-story.ts"
import { listed } from "../usage-error.ts"
import { ablating } from "./ablate.ts"

interface Options extends EffortOptions {
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
    .option("--ablate", "switch each assumption off in turn, and show what breaks")
    .option("--max-states <number>", "stop once so many states are stored", maxStatesFrom)
    .option("--max-memory <mib>", "stop once the states take so many MiB", maxMemoryFrom)
    .option("--workers <number>", "threads that explore or walk; 1 unless told", workersFrom)
    .option("--checkpoint <file>", "keep there what is needed to go on after a crash; with --scope")
    .option("--checkpoint-every <states>", "states between two checkpoints", checkpointEveryFrom)
    .option("--resume", "go on from the checkpoint")
    .option("--walks <number>", "so many random walks instead of every state", walksFrom)
    .option("--steps <number>", "the longest that a walk may be; 200 unless told", stepsFrom)
    .option("--seed <number>", "seed of the walks", seedFrom)
    .option("--json", "print one JSON document")
    .action((name: string, options: Options) => {
      const protocol = protocolNamed(name)
      const effort = effortFrom(options)
      return finish(
        options.ablate === true ? ablating(protocol, options, shell) : exploring(protocol, options, effort, shell)
      )
    })
}

const exploring = async (protocol: Protocol, options: Options, effort: Effort, shell: Shell): Promise<ExitStatus> => {
  const overrides = { variant: Object.fromEntries(options.variant.map(parameterFrom)), without: options.without }
  const scopes =
    options.scope === undefined ? fittingScopes(protocol.scopes, overrides) : [scopeNamed(protocol, options.scope)]
  const find = searchOf(protocol.protocol, effort, shell)
  const explored: Array<ExploredScope> = []
  for (const scope of scopes) if (!shell.interrupted()) explored.push(await searchScope(scope, overrides, find, shell))
  const all = explored.length === scopes.length ? exitStatus.pass : exitStatus.unknown
  const status = worst([...explored.map(scopeStatus), all])
  if (options.json === true) {
    printJson(shell, asJson(protocol, explored))
    return status
  }
  shell.print(renderExploreTable(explored.map(searchRow)))
  for (const one of explored) tellStories(protocol, one, options.scope !== undefined, shell)
  const lines = explored.flatMap((one) => [...surpriseLines(one), ...coveredLine(one, effort)])
  const left = options.scope === undefined ? leftOut(protocol, scopes) : []
  shell.print(["", ...lines, ...left, closing(explored, scopes.length, status, shell)].join("\n"))
  return status
}

/** What was not explored, because it has nothing of what was changed. */
const leftOut = ({ scopes: all }: Protocol, scopes: Protocol["scopes"]): ReadonlyArray<string> => {
  const names = all.filter((scope) => !scopes.includes(scope)).map(({ name }) => name)
  return names.length === 0 ? [] : [`left out, for there is nothing to be changed: ${listed(names)}`]
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
    const { complete, stoppedBecause } = one.found
    const stopped = stoppedBecause === undefined ? {} : { stoppedBecause }
    const walked = one.found.walked === undefined ? {} : { walked: walkedAsJson(one.found.walked, one) }
    return { scope, distinct, generated, depth, seconds, complete, ...stopped, ...walked, asExpected, laws }
  })
})

/** What walks came through: for each rule and law on how many of them it was seen. */
const walkedAsJson = ({ rules, laws, walks, steps, ended, longest }: Walked, { found }: ExploredScope) => ({
  walks,
  steps,
  ended,
  longest,
  rules: found.rules.map(({ name }, at) => ({ name, ...rules[at]! })),
  laws: found.laws.map(({ id }, at) => ({ id, walks: laws[at]!.walks }))
})

/** Violations that nobody expected; of a scope that was asked for by name, all. */
const tellStories = (protocol: Protocol, explored: ExploredScope, byName: boolean, shell: Shell): void => {
  const violated = explored.found.laws.filter(({ verdict }) => verdict === "violated")
  for (const law of byName ? violated : explored.unexpected) tellStory(protocol, explored, law, shell)
}

const closing = (explored: ReadonlyArray<ExploredScope>, asked: number, status: ExitStatus, shell: Shell): string => {
  const complete = explored.filter(({ found }) => found.complete).length
  const good = explored.filter((one) => scopeStatus(one) === exitStatus.pass).length
  const as = explored.some(({ overrides }) => isChanged(overrides)) ? "without a violated law" : "as pinned"
  const walked = explored.some(({ found }) => found.stoppedBecause === "walked")
  const stopped = complete < asked && !walked ? `; ${complete} of ${asked} seen to the end` : ""
  return `${painted(status, shell)}: ${good} of ${asked} ${asked === 1 ? "scope" : "scopes"} ${as}${stopped}`
}
