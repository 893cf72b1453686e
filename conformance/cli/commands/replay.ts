/** `portcullis replay`: sees a divergence or a counterexample again, from its token or its file. */
import type { Command } from "commander"
import { replay as follow } from "../../../model/explorer/replay.ts"
import type { Replay } from "../../kit/token.ts"
import { renderCounterexample } from "../../report/counterexample.ts"
import { renderDivergence } from "../../report/divergence.ts"
import { type CounterexampleFile, counterexampleFile, toldCounterexample } from "../counterexamples.ts"
import { type ExitStatus, exitStatus, type Finish } from "../exit-status.ts"
import { exploreScope } from "../explored-scope.ts"
import { type Protocol, protocolNamed, scopeNamed } from "../protocols.ts"
import { messageOf, oneLine, replayInput } from "../replay-input.ts"
import type { RoleCheck } from "../role-check.ts"
import type { ScopeToken } from "../scope-token.ts"
import { painted, printJson, type Shell } from "../shell.ts"
import { listed, named, UsageError } from "../usage-error.ts"

/** How a replay went: what to print of it, and what it means. */
interface Outcome {
  readonly status: ExitStatus
  readonly sentence: string
  /** The story in lines, where there is one. */
  readonly told?: string
  /** The same with every step and every word of it, where it came out of an exploration. */
  readonly counterexample?: CounterexampleFile
}

export const addReplay = (program: Command, shell: Shell, finish: Finish): void => {
  program
    .command("replay")
    .description("see a divergence or a counterexample again")
    .argument("<file-or-token>", "a JSON file of a report, or a token")
    .option("--json", "print one JSON document")
    .action((text: string, options: { readonly json?: boolean }) =>
      finish(replaying(text, options.json === true, shell))
    )
}

const replaying = async (text: string, json: boolean, shell: Shell): Promise<ExitStatus> => {
  const input = replayInput(text)
  const outcome =
    input._tag === "Role"
      ? await replayedRole(input.replay, shell)
      : input._tag === "Scope"
        ? exploredAgain(input.token, shell)
        : followedAgain(input.file, shell)
  const { status, sentence, told, ...more } = outcome
  if (json)
    printJson(shell, { shows: status === exitStatus.fail, sentence, told: told?.trimEnd().split("\n") ?? [], ...more })
  else
    shell.print(
      [...(told === undefined ? [] : [told.trimEnd(), ""]), `${painted(status, shell)}: ${sentence}`].join("\n")
    )
  return status
}

const replayedRole = async (replay: Replay, shell: Shell): Promise<Outcome> => {
  const check = checkFor(protocolNamed(replay.protocol), replay)
  const result = await inItsSetting(replay, check)
  switch (result._tag) {
    case "Diverged":
      return {
        status: exitStatus.fail,
        sentence: result.same ? "it diverges as it did then" : "it diverges, though otherwise than then",
        told: renderDivergence(result.divergence, shell.style)
      }
    case "Agreed":
      return { status: exitStatus.pass, sentence: "implementation and model agree in every step" }
    case "Impossible":
      return { status: exitStatus.unknown, sentence: `it cannot be replayed any more: ${result.why}` }
    case "Trouble":
      return { status: exitStatus.adapterTrouble, sentence: result.why }
  }
}

/** A setting comes from outside, so what goes wrong in it is the token's fault. */
const inItsSetting = async (replay: Replay, check: RoleCheck) => {
  try {
    const result = await check.replay?.(replay)
    if (result !== undefined) return result
  } catch (error) {
    throw new UsageError(`this replay cannot be set up: ${oneLine(messageOf(error))}`)
  }
  throw new UsageError(`${check.role} cannot be replayed`)
}

const checkFor = ({ protocol, checks }: Protocol, { role, way, implementation }: Replay): RoleCheck => {
  const playing = checks.filter((check) => `${protocol}/${check.role}` === role && check.way === way)
  if (playing.length === 0) {
    const known = checks.map((check) => `${protocol}/${check.role} (${check.way})`)
    throw new UsageError(`this replay is about ${role} (${way}); there is ${listed(known)}`)
  }
  return named("implementation", implementation, playing, (check) => check.implementation)
}

const exploredAgain = (token: ScopeToken, shell: Shell): Outcome => {
  const protocol = protocolNamed(token.protocol)
  const law = named(`law of ${protocol.protocol}`, token.law, protocol.laws, ({ id }) => id)
  const explored = exploreScope(scopeNamed(protocol, token.scope), token, shell)
  const result = explored.found.laws.find(({ id }) => id === law.id)
  if (result === undefined) {
    const judged = explored.found.laws.map(({ id }) => id)
    throw new UsageError(`${law.id} is not judged in scope ${token.scope}; there is ${listed(judged)}`)
  }
  if (result.verdict === "violated")
    return shown(protocol, counterexampleFile(protocol, explored, result), `${law.id} is violated`, shell)
  if (result.verdict === "unknown") return { status: exitStatus.unknown, sentence: "stopped before all was seen" }
  return { status: exitStatus.pass, sentence: `${law.id} is not violated` }
}

/** Follows the steps of a file on plain values, without the explorer that found them. */
const followedAgain = (file: CounterexampleFile, shell: Shell): Outcome => {
  const protocol = protocolNamed(file.protocol)
  const { broken, pending, possible } = follow(scopeNamed(protocol, file.scope).system(file), file.story)
  if (!possible) return { status: exitStatus.unknown, sentence: "the story cannot happen any more" }
  const again = [...broken, ...pending].find(({ law }) => law === file.law)
  if (again === undefined) return { status: exitStatus.pass, sentence: `the story does not break ${file.law}` }
  return shown(protocol, { ...file, why: again.why }, `the story breaks ${file.law}`, shell)
}

const shown = (protocol: Protocol, counterexample: CounterexampleFile, sentence: string, shell: Shell): Outcome => ({
  status: exitStatus.fail,
  sentence,
  told: renderCounterexample(toldCounterexample(protocol, counterexample), shell.style),
  counterexample
})
