/** What a soak tells on a terminal. */
import { type ExitStatus, exitStatus, wordFor } from "../cli/exit-status.ts"
import { count, seconds } from "../report/counts.ts"
import { sanitize } from "../report/terminal-text.ts"
import type { Failure, RoundResult, Soak } from "./soak.ts"

/** What somebody asked for. */
export interface Asked {
  /** The npm script that soaks. */
  readonly script: string
  readonly seed: number
  readonly rounds: number
  /** The number of the first round. */
  readonly from: number
  readonly unfenced: boolean
}

export const statusOf = (soak: Soak, { rounds }: Asked): ExitStatus => {
  if (soak.troubles.length > 0) return exitStatus.adapterTrouble
  if (soak.failures.length > 0) return exitStatus.fail
  return soak.rounds.length < rounds ? exitStatus.unknown : exitStatus.pass
}

type Number = "operations" | "kills" | "met"

const total = (rounds: ReadonlyArray<RoundResult>, of: Number): number =>
  rounds.reduce((sum, round) => sum + round[of], 0)

/** The one line while rounds are going on. */
export const progressText = ({ rounds }: Soak, asked: Asked): string =>
  `${count(rounds.length)} of ${count(asked.rounds)} rounds, ${count(total(rounds, "kills"))} kills`

/** The command that does the same again. Times are the operating system's, so what fails once in many times may need many. */
export const again = ({ script, seed, unfenced }: Asked, round: number): string =>
  `npm run ${script} -- --seed ${seed} --from ${round} --rounds 1${unfenced ? " --unfenced" : ""}`

const failureText = ({ round, what, why, story, directory }: Failure, asked: Asked): string =>
  [
    `Round ${round} of seed ${asked.seed} fails: ${what}: ${sanitize(why)}`,
    ...story.map((line) => `    ${sanitize(line)}`),
    `  kept in ${directory}`,
    `  again:  ${again(asked, round)}`
  ].join("\n")

/** Everything that is to stay on the screen. */
export const soakText = (soak: Soak, asked: Asked, took: number): string => {
  const troubles = soak.troubles.map(
    ({ rounds, why, directory }) =>
      `Rounds ${rounds[0]} to ${rounds.at(-1)} of seed ${asked.seed} cannot be judged: ${sanitize(why)}\n  kept in ${directory}`
  )
  const cells = [
    ["rounds", count(soak.rounds.length)],
    ["operations", count(total(soak.rounds, "operations"))],
    ["kills", count(total(soak.rounds, "kills"))],
    ["met at places", count(total(soak.rounds, "met"))],
    ["refusals", count(soak.refusals)],
    ["labels", count(soak.labels)],
    ["laws judged", count(soak.laws)],
    ["verdict", wordFor(statusOf(soak, asked))],
    ["seconds", seconds(took)]
  ] as const
  const row = (which: 0 | 1): string =>
    cells.map((cell) => cell[which].padStart(Math.max(cell[0].length, cell[1].length))).join("  ")
  const stories = soak.failures.map((failure) => failureText(failure, asked))
  return [...stories, ...troubles, `  ${row(0)}\n  ${row(1)}`].join("\n\n")
}
