/** How the labels of a cluster read in stories. */
import type { ClusterLabel } from "../../../../spec/sessions/labels.ts"
import type { Committer, Row } from "../../../../spec/sessions/messages.ts"
import type { Metadata, Replica } from "../../../../spec/sessions/metadata.ts"

const place = ({ node, shard }: Replica): string => `${node}.${shard}`
const list = (names: ReadonlyArray<string>): string => `[${names.join(", ")}]`
const because = (reason: string | null): string => (reason === null ? "ok" : `refused: ${reason}`)
const by = (committer: Committer): string =>
  committer._tag === "Operator" ? "operator" : `coordinator of term ${committer.term}`

/** A row such as `k0=v1@1`; a tombstone has nothing behind the sign. */
export const describeRow = ({ key, timestamp, value }: Row): string => `${key}=${value ?? ""}@${timestamp}`
const rowsTold = (rows: ReadonlyArray<Row>): string => list(rows.map(describeRow))

export const actorOf = (label: ClusterLabel): string => {
  switch (label._tag) {
    case "Committed":
    case "CommitRefused":
    case "Elected":
      return "group 0"
    case "BarrierBegan":
    case "BarrierEnded":
      return `coordinator of term ${label.term}`
    case "WorkSent":
      return label.by
    case "RequestEnded":
      return "client"
    case "ConnectionBroke":
      return "network"
    default:
      return label.node
  }
}

/** A label as at most one line. `before` is all that was told before it. */
export const describeLabel = (label: ClusterLabel, before: ReadonlyArray<ClusterLabel>): ReadonlyArray<string> => {
  switch (label._tag) {
    case "Committed":
      return [`group 0 ${label.at}, by ${by(label.by)}: ${changes(lastOf(before), label.metadata)}`]
    case "CommitRefused":
      return [`group 0 refuses a command of ${by(label.by)}: it is at ${label.head}, not at ${label.expected}`]
    case "Elected":
      return [`${label.node} leads in term ${label.term}`]
    case "ShardCommitted":
      return [`${place(label)} goes over to ${label.at}, with ${list(label.open)} open`]
    case "BarrierBegan":
      return [`barrier ${label.term}.${label.index} begins for ${list(label.tablets)} at version ${label.version}`]
    case "CommandAccepted":
      return [`${label.node} takes barrier ${label.term}.${label.index} at ${label.at}`]
    case "CommandAnswered":
      return [`${label.node} answers barrier ${label.term}.${label.index}: ${because(label.reason)}`]
    case "BarrierEnded":
      return [`barrier ${label.term}.${label.index} ${label.ok ? "succeeds" : "fails"}`]
    case "Entered":
      return [`${label.work} enters ${label.session} on ${place(label)}`]
    case "TurnedAway":
      return [`${label.work} is turned away from ${label.session} on ${place(label)}: ${label.reason}`]
    case "Left":
      return [`${label.work} leaves ${label.session} on ${place(label)}`]
    case "WorkSent":
      return [`${label.by} sends ${label.work} of ${label.request} under ${label.session}`]
    case "Forgotten":
      return [`${place(label)} forgets ${label.session}`]
    case "OperationBegan":
      return [`${label.node} begins to ${label.operation} ${label.tablet}${under(label.session)}`]
    case "OperationEnded":
      return [`${label.node} ends to ${label.operation} ${label.tablet}: ${because(label.reason)}`]
    case "TriggerRefused":
      return [`${label.node} will not ${label.operation} ${label.tablet}: ${label.reason}`]
    case "Landed":
      return [
        `${label.work} lands ${rowsTold(label.rows)} in ${label.tablet} on ${place(label)} under ${label.session}`
      ]
    case "Cleaned":
      return [`${place(label)} drops ${label.tablet}`]
    case "Truncated":
      return [`${place(label)} truncates ${label.tablet} under ${label.session}`]
    case "Snapshotted":
      return [`${place(label)} keeps a snapshot of ${label.tablet} under ${label.session}`]
    case "Purged":
      return [`${place(label)} forgets tombstones of ${label.tablet} below ${label.before}`]
    case "RequestBegan":
      return [
        `${label.node} takes ${label.request}, ${label.row === null ? `a read of ${label.key}` : describeRow(label.row)} of ${label.tablet}, at version ${label.version} for ${list(label.targets)}`
      ]
    case "Served":
      return [
        `${place(label)} serves ${label.request}: ${because(label.reason)}${label.rows.length === 0 ? "" : ` ${rowsTold(label.rows)}`}`
      ]
    case "RequestEnded":
      return [
        `client hears of ${label.request}: ${label.ok ? "ok" : "failed"}${label.rows.length === 0 ? "" : ` ${rowsTold(label.rows)}`}`
      ]
    case "Restarted":
      return [`${label.node} comes back`]
    case "Stopped":
      return [`${label.node} falls`]
    case "ConnectionBroke":
      return [`the connection between ${label.from} and ${label.to} breaks`]
  }
}

const under = (session: string | null): string => (session === null ? "" : ` under ${session}`)

const lastOf = (before: ReadonlyArray<ClusterLabel>): Metadata | undefined => {
  const last = before.findLast((label) => label._tag === "Committed")
  return last?._tag === "Committed" ? last.metadata : undefined
}

/** What a command changed, as a reader asks for it. */
const changes = (old: Metadata | undefined, now: Metadata): string => {
  const told = now.tablets.flatMap((tablet) => {
    const was = old?.tablets.find((known) => known.tablet === tablet.tablet)
    const { transition, replicas } = tablet
    if (JSON.stringify(was?.transition ?? null) === JSON.stringify(transition)) return []
    if (transition === null) return [`${tablet.tablet} is on ${list(replicas.map(place))}`]
    return [`${tablet.tablet} in ${transition.stage}${under(transition.session)}`]
  })
  const session =
    (old?.session ?? null) === now.session
      ? []
      : [`topology${now.session === null ? " under none" : under(now.session)}`]
  const fence = old !== undefined && old.fence !== now.fence ? [`fence ${now.fence}`] : []
  const dead = now.ignored.filter((node) => old?.ignored.includes(node) !== true).map((node) => `${node} is dead`)
  const all = [...told, ...session, ...fence, ...dead]
  return all.length === 0 ? "nothing new" : `${all.join(", ")} (version ${now.version})`
}
