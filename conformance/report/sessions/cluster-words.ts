/** A cluster's labels as sentences in the protocol's words, in the light of what was told before. */
import { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Committer } from "../../../spec/sessions/messages.ts"
import type { NodeId } from "../../../spec/sessions/metadata.ts"
import { type Chronicle, insideOf, leftBehind, turning } from "./chronicle.ts"
import { changes } from "./commit-words.ts"
import { requestBegan, requestEnded, served } from "./request-words.ts"
import { listed, place, rowsInWords, unique } from "./words.ts"

/** The one who commits. */
export const committerName = (by: Committer): string =>
  by._tag === "Operator" ? "the operator" : `coordinator ${by.term}`

/** A barrier by its number; those of the first term need no more. */
export const barrierName = ({ term, index }: { readonly term: number; readonly index: number }): string =>
  term === 1 ? `barrier ${index}` : `barrier ${index} of term ${term}`

/** What one label says. */
export const sentence = (label: ClusterLabel, before: Chronicle): string =>
  ClusterLabel.match(label, {
    Committed: ({ by, at, metadata }) =>
      `${committerName(by)} commits position ${at}: ${changes(before.metadata, metadata).join(", ")}`,
    CommitRefused: ({ by, expected, head }) =>
      `${committerName(by)} cannot commit: it knows of position ${expected}, and group 0 is at ${head}`,
    Elected: ({ term, node }) => `${node} leads group 0 from now on, in term ${term}`,
    ShardCommitted: (turn) => [`${place(turn)} goes over to position ${turn.at}`, ...turned(turn, before)].join(": "),
    BarrierBegan: ({ term, index, command, targets }) =>
      `coordinator ${term} asks ${listed(targets)} for ${barrierName({ term, index })}${command === "barrier" ? ", without a drain" : ""}`,
    CommandAccepted: ({ node, at, ...command }) => `${node} accepts ${barrierName(command)} at position ${at}`,
    CommandAnswered: ({ node, reason, ...command }) =>
      reason === null
        ? [`${node} does ${barrierName(command)}`, ...stillInside(before, node)].join(", and ")
        : `${node} fails ${barrierName(command)}: ${reason}`,
    BarrierEnded: ({ ok, ...command }) => `${barrierName(command)} has ${ok ? "succeeded" : "failed"}`,
    Entered: (into) => `${into.work} is admitted to ${into.session} on ${place(into)}`,
    TurnedAway: (from) => `${from.work} is turned away from ${from.session} on ${place(from)}: ${from.reason}`,
    Left: (from) => `${from.work} leaves ${from.session} on ${place(from)}`,
    WorkSent: ({ by, request, session, work }) => `${by} sends ${work} of ${request} under ${session}`,
    Forgotten: (here) => `${place(here)} forgets ${here.session}`,
    OperationBegan: ({ node, operation, tablet, session }) =>
      `${node} begins to ${verbs[operation]} ${tablet}${session === null ? "" : ` under ${session}`}`,
    OperationEnded: ({ node, operation, tablet, reason }) =>
      `${node} ${reason === null ? "has done" : "fails"} its ${operation} of ${tablet}${reason === null ? "" : `: ${reason}`}`,
    TriggerRefused: ({ node, operation, tablet, reason }) =>
      `${node} refuses to ${verbs[operation]} ${tablet}: ${reason}`,
    Landed: (on) => `${on.work} lands on ${place(on)}: ${rowsInWords(on.rows)}`,
    Cleaned: (here) => `${place(here)} drops its data of ${here.tablet}`,
    Truncated: (here) => `${here.work} truncates ${here.tablet} on ${place(here)} under ${here.session}`,
    Snapshotted: (here) => `${here.work} keeps a snapshot of ${here.tablet} on ${place(here)} under ${here.session}`,
    Purged: (here) => `${place(here)} forgets deletions before ${here.before} in ${here.tablet}, and what they cover`,
    RequestBegan: requestBegan,
    Served: served,
    RequestEnded: requestEnded,
    Restarted: ({ node }) => `${node} restarts, and has lost what was not on disk`,
    Stopped: ({ node }) => `${node} stops`,
    ConnectionBroke: ({ from, to }) => `the connection from ${from} to ${to} breaks`
  })

const verbs = { stream: "stream", cleanup: "clean up", repair: "repair", restore: "restore" } as const

/** What going over does to the sessions of a shard. */
export const turned = (
  label: Extract<ClusterLabel, { _tag: "ShardCommitted" }>,
  before: Chronicle
): ReadonlyArray<string> => {
  const { opens, closes } = turning(before, label)
  const phrases = [
    ...opens.map((session) => `${session} opens`),
    ...closes.map((session) => {
      const works = unique(insideOf(before, place(label), session).map(({ work }) => work))
      return `${session} is closing${works.length === 0 ? "" : `, with ${listed(works)} inside`}`
    })
  ]
  return phrases.length === 0 ? [] : [phrases.join(", ")]
}

/** Who is inside a session on a node that has none of that name open any more. */
export const stillInside = (before: Chronicle, node: NodeId): ReadonlyArray<string> =>
  unique(leftBehind(before, node).map(({ work, session }) => `${work} is still inside ${session}`))
