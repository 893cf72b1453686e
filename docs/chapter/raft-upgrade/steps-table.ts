/** Why each step of the way is where it is: what breaks where a node goes on without it. */
import { table } from "../exploring.ts"
import { breaks, commandFor, exploredScope, scopeNamed, storyText } from "./exploring.ts"
import { brokenWords } from "./scopes-table.ts"

/** A design that lacks something of a step: a scope that must fail, or a change to one in which every law holds. */
interface Without {
  readonly scope: string
  readonly variant?: Readonly<Record<string, string>>
  /** What is left out, in a few words. */
  readonly lacks: string
}

interface Step {
  readonly name: string
  readonly waits: string
  readonly for: string
  readonly without: ReadonlyArray<Without>
}

const steps: ReadonlyArray<Step> = [
  {
    name: "U1",
    waits: "every peer has answered in one round",
    for: "nobody begins to look for the group who would look in vain: discovery waits for whoever it has heard of",
    without: [{ scope: "ring.removalAtStart", variant: { dryRun: "skipped" }, lacks: "the round" }]
  },
  {
    name: "U2",
    waits: "discovery, and then a majority",
    for: "there is one group, and this node is in it, with a vote, and knows so after a fall",
    without: [
      { scope: "discovery.unknownServers", lacks: "a peer without a server blocks" },
      { scope: "discovery.silentPeers", lacks: "all must have answered" },
      { scope: "discovery.forgetsPeers", lacks: "peers on disk" },
      { scope: "discovery.asShippedReveals", lacks: "on disk before it is told" }
    ]
  },
  {
    name: "U3",
    waits: "all peers are in the group, and it does not change",
    for: 'from here on "every member" means everybody',
    without: [{ scope: "allJoinedUnchecked", lacks: "the wait" }]
  },
  {
    name: "U4, U5",
    waits: "the same schema everywhere; every member has answered",
    for: "time: what U6 to U9 would have to wait for is over while clients are still served",
    without: [{ scope: "twoChanges", lacks: "both" }]
  },
  {
    name: "U6",
    waits: "no change is on its old path here",
    for: "what was begun on the old path is over, and nothing more begins: here",
    without: [
      { scope: "noWriteLock", lacks: "the lock" },
      { scope: "unlockedGetter", lacks: "the lock where a change begins" },
      { scope: "earlyRelease", lacks: "the lock up to the end of a change" },
      { scope: "keepsLock", lacks: "its end" }
    ]
  },
  {
    name: "U7",
    waits: "every member has been seen in synchronize, or one in post",
    for: "the same: everywhere",
    without: [
      { scope: "waitsForNobody", lacks: "the wait" },
      { scope: "waitsForMajority", lacks: "more than a majority" },
      { scope: "anyStateIsReady", lacks: "synchronize, of all answers" }
    ]
  },
  {
    name: "U8",
    waits: "the same schema everywhere, or one in post",
    for: "what was acknowledged on the old path is everywhere, before there is another",
    without: [
      { scope: "noSecondSync", lacks: "the comparison" },
      { scope: "keepsVersions", lacks: "asking again" },
      { scope: "byGossip", lacks: "asking: it goes by gossip" },
      { scope: "despiteFailures", lacks: "whoever did not answer" }
    ]
  }
]

/** What a design without it breaks. */
const broken = ({ scope, variant }: Without): string =>
  variant === undefined
    ? brokenWords(scopeNamed(scope).mustFail)
    : breaks(exploredScope(scope, { variant })) || brokenWords([])

/** One row a step, and a line for each thing that could be left out of it. */
export const stepsTable = (): string =>
  table(
    ["step", "waits until", "so that", "without", "breaks, in steps", "command"],
    steps.flatMap(({ name, waits, for: why, without }) =>
      without.length === 0
        ? [[name, waits, why, "", "", ""]]
        : without.map((one, at) => [
            at === 0 ? name : "",
            at === 0 ? waits : "",
            at === 0 ? why : "",
            one.lacks,
            broken(one),
            `\`${commandFor(one.scope, one.variant === undefined ? {} : { variant: one.variant })}\``
          ])
    )
  )

/** The shortest story of a scope, in the law that is named or the first that it must break. */
export const scopeStory = ([scope = "", law]: ReadonlyArray<string>): string => {
  const { mustFail } = scopeNamed(scope)
  const number = law ?? mustFail[0]?.law.replace(/^RU-/, "")
  if (number === undefined) throw new TypeError(`${scope} breaks nothing`)
  return ["```text", storyText(scope, number), "```"].join("\n")
}
