/** What a label of view building says, as a sentence. */
import type { ViewBuildingLabel } from "../../../spec/view-building/labels.ts"
import type { CallAnswer, Row } from "../../../spec/view-building/messages.ts"
import { changeWords, committer, tasks } from "./change-words.ts"

interface Place {
  readonly node: string
  readonly shard: number
}

const at = ({ node, shard }: Place): string => `${node}.${shard}`

const answerWords = (answer: CallAnswer): string =>
  answer._tag === "Refused" ? answer.reason : `${tasks(answer.tasks)} done`

const rowWords = (rows: ReadonlyArray<Row>): string =>
  rows.length === 0
    ? "nothing"
    : rows
        .map(({ key, timestamp, value }) => `${key}${value === null ? " deleted" : ` = ${value}`} @${timestamp}`)
        .join(", ")

const groupZeroWords = (label: ViewBuildingLabel): string | undefined => {
  switch (label._tag) {
    case "Elected":
      return `${label.node} leads in term ${label.term}`
    case "CoordinatorStopped":
      return `the coordinator of term ${label.term} stops`
    case "GuardTaken":
      return `${committer(label.by)} takes a guard at ${label.at}`
    case "Committed":
      return `${committer(label.by)} ${changeWords(label.change)} (at ${label.at})`
    case "CommitRefused":
      return `${committer(label.by)} comes too late: group 0 is at ${label.head}, not at ${label.expected}`
    case "CommitFailed":
      return `a command of ${committer(label.by)} fails`
    case "Applied":
      return `${label.node} applies group 0 up to ${label.at}`
    case "ApplyFailed":
      return `${label.node} cannot apply what group 0 says at ${label.at}`
    case "HostMarked":
      return `${label.by} takes ${label.node} for ${label.alive ? "up" : "down"}`
    default:
      return undefined
  }
}

const callWords = (label: ViewBuildingLabel): string | undefined => {
  switch (label._tag) {
    case "CallSent":
      return `the coordinator of term ${label.term} calls ${at(label)} for ${tasks(label.tasks)} (call ${label.call})`
    case "CallEnded":
      return `call ${label.call} comes back: ${answerWords(label.answer)}`
    case "CallArrived":
      return `call ${label.call} of term ${label.term ?? "unknown"} asks ${at(label)} for ${tasks(label.tasks)}`
    case "BarrierEnded":
      return `call ${label.call} has caught up on ${at(label)}: ${label.at}, term ${label.term}`
    case "CallAttached":
      return `call ${label.call} waits for batch ${label.batch} on ${at(label)}`
    case "CallAnswered":
      return `${at(label)} answers call ${label.call}: ${answerWords(label.answer)}`
    default:
      return undefined
  }
}

const batchWords = (label: ViewBuildingLabel): string | undefined => {
  switch (label._tag) {
    case "BatchBegan":
      return `${at(label)} begins batch ${label.batch} of ${tasks(label.tasks)}: ${label.type} of tablet ${label.lastToken} of ${label.base}`
    case "TasksDropped":
      return `batch ${label.batch} on ${at(label)} lets go of ${tasks(label.tasks)}`
    case "AttemptBegan":
      return `batch ${label.batch} on ${at(label)} reads ${rowWords(label.rows)}${
        label.sstables.length === 0 ? "" : ` of ${label.sstables.join(", ")}`
      }${label.on === label.shard ? "" : ` on shard ${label.on}`}`
    case "ViewWritten":
      return `${label.view} gets ${rowWords(label.rows)} from ${at(label)}`
    case "AttemptEnded":
      return `the attempt of batch ${label.batch} on ${at(label)} ${label.ok ? "succeeds" : "fails"}`
    case "BatchEnded":
      return `batch ${label.batch} on ${at(label)} is ${label.how}`
    default:
      return undefined
  }
}

const dataWords = (label: ViewBuildingLabel): string | undefined => {
  switch (label._tag) {
    case "FlushBegan":
      return `${at(label)} begins to flush ${label.base}`
    case "FlushEnded":
      return `${at(label)} has flushed ${label.base} for ${label.views.join(", ") || "no view"}`
    case "ArrivalBegan":
      return `${label.arrival} sets out for ${at(label)} (${label.to}): ${rowWords(label.rows)}, sent on to ${label.views.join(" and ") || "no view"}`
    case "ArrivalEnded":
      return `${label.arrival} has come to ${at(label)}${label.sstable === null ? "" : ` in ${label.sstable}`}`
    case "Truncated":
      return `${label.base} is truncated`
    case "TabletCleaned":
      return `${at(label)} drops its data of tablet ${label.lastToken} of ${label.base}`
    case "StagingQueued":
      return `${label.sstable} waits to be registered for ${at(label)}`
    case "StagingListed":
      return `${label.sstable} is on the list of ${at(label)} for task ${label.task}`
    case "SstableProcessed":
      return `${label.sstable} on ${at(label)} leaves staging`
    case "SstableReplaced":
      return `${label.sstable} on ${at(label)} is written anew as ${label.by}`
    default:
      return undefined
  }
}

const nodeWords = (label: ViewBuildingLabel): string | undefined => {
  switch (label._tag) {
    case "Discovered":
      return `${label.node} knows what is in staging on its disk`
    case "BuiltViewsWritten":
      return `${label.node} takes ${label.views.join(", ") || "no view"} for built`
    case "Drained":
      return `the worker of ${label.node} is drained`
    case "Stopped":
      return `${label.node} falls`
    case "Restarted":
      return `${label.node} comes back`
    case "Elapsed":
      return `${label.ms} ms pass`
    default:
      return undefined
  }
}

/** The sentence of a label. Every label is of one of these kinds; one of none would tell its name. */
export const buildingSentence = (label: ViewBuildingLabel): string =>
  groupZeroWords(label) ?? callWords(label) ?? batchWords(label) ?? dataWords(label) ?? nodeWords(label) ?? label._tag
