/** A history in the protocol's words, one line for each label. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Row } from "../../../spec/sessions/messages.ts"
import type { Tablet, TabletId } from "../../../spec/sessions/metadata.ts"
import type { Life } from "../soak.ts"

/** How many lines of a story are told up to the end of it. */
const told = 60

/** What led to a place in a history, as far as it concerns a tablet. */
export const storyOf = (
  { labels }: Pick<Life<ClusterLabel>, "labels">,
  at: number,
  tablet: TabletId
): ReadonlyArray<string> =>
  labels
    .slice(0, at + 1)
    .flatMap((label) => sentence(label, tablet) ?? [])
    .slice(-told)

/** One label; nothing where it concerns other tablets. */
const sentence = (label: ClusterLabel, tablet: TabletId): string | undefined => {
  if ("tablet" in label && label.tablet !== tablet) return undefined
  if ("request" in label && !label.request.startsWith(`${tablet}-`)) return undefined
  if ("session" in label && label.session !== null && !isOf(label.session, tablet)) return undefined
  const place = "shard" in label ? `${label.node}.${label.shard}` : ""
  switch (label._tag) {
    case "Committed": {
      const known = label.metadata.tablets.find((one) => one.tablet === tablet)
      const by = label.by._tag === "Operator" ? "the operator" : `the coordinator of term ${label.by.term}`
      return `${label.at}: ${by} commits ${known === undefined ? "" : standing(known)} (version ${label.metadata.version}, fence ${label.metadata.fence})`
    }
    case "CommitRefused":
      return `group 0 refuses a commit computed from ${label.expected}, for it is at ${label.head}`
    case "Elected":
      return `${label.node} leads term ${label.term}`
    case "ShardCommitted":
      return `${place} goes over to ${label.at}`
    case "BarrierBegan":
      return `barrier ${label.term}/${label.index} begins for ${label.targets.join(", ")}`
    case "BarrierEnded":
      return `barrier ${label.term}/${label.index} ${label.ok ? "succeeds" : "fails"}`
    case "CommandAccepted":
      return `${label.node} accepts command ${label.term}/${label.index} at ${label.at}`
    case "CommandAnswered":
      return `${label.node} answers command ${label.term}/${label.index}: ${label.reason ?? "done"}`
    case "Entered":
      return `${label.work} enters ${label.session} on ${place}`
    case "TurnedAway":
      return `${label.work} is turned away from ${label.session} on ${place}: ${label.reason}`
    case "Left":
      return `${label.work} leaves ${label.session} on ${place}`
    case "WorkSent":
      return `${label.by} sends ${label.work} under ${label.session}`
    case "Forgotten":
      return `${place} forgets ${label.session}`
    case "OperationBegan":
      return `${label.node} begins to ${label.operation}`
    case "OperationEnded":
      return `${label.node} has ended to ${label.operation}: ${label.reason ?? "done"}`
    case "TriggerRefused":
      return `${label.node} refuses to ${label.operation}: ${label.reason}`
    case "Landed":
      return `${label.work} lands on ${place} under ${label.session}: ${rows(label.rows)}`
    case "Cleaned":
      return `${place} drops its data`
    case "Truncated":
      return `${label.work} truncates ${place} under ${label.session}`
    case "Snapshotted":
      return `${label.work} keeps a snapshot on ${place} under ${label.session}`
    case "Purged":
      return `${place} forgets deletions before ${label.before}`
    case "RequestBegan":
      return `${label.request} through ${label.node} (version ${label.version}): ${label.row === null ? `read ${label.key}` : rows([label.row])}`
    case "Served":
      return `${place} serves ${label.request} (fence ${label.fence}): ${label.reason ?? rows(label.rows)}`
    case "RequestEnded":
      return `${label.request} ${label.ok ? "succeeds" : "fails"}: ${rows(label.rows)}`
    case "Restarted":
      return `${label.node} starts again`
    case "Stopped":
      return `${label.node} is killed`
    case "ConnectionBroke":
      return `the connections between ${label.from} and ${label.to} break`
  }
}

const isOf = (session: string, tablet: TabletId): boolean =>
  session.startsWith(`${tablet}@`) || session.includes(`-${tablet}@`) || !session.includes("@")

const standing = ({ replicas, transition }: Tablet): string => {
  const places = replicas.map(({ node, shard }) => `${node}.${shard}`).join(", ")
  if (transition === null) return `[${places}], in no transition`
  const session = transition.session === null ? "no session" : transition.session
  return `[${places}] in ${transition.stage} with ${session}`
}

const rows = (all: ReadonlyArray<Row>): string =>
  all.length === 0
    ? "no rows"
    : all.map(({ key, value, timestamp }) => `${key} = ${value ?? "deleted"} of ${timestamp}`).join(", ")
