/** Laws about the processes above the connections: S17r, S21, S22. */
import { history } from "../../law.ts"
import { asked, isGone, lifetimes, replicating } from "../memories.ts"

export const S17r = history("DCP-S17r", {
  sentence: "Nothing of a replicator is started again before all of the old one is gone.",
  source: "dossier dcp 5, S17; 2.10 point 3",
  follows: lifetimes,
  breaks: (before, label) =>
    label._tag === "Reconnected" && !isGone(before)
      ? `started again while only [${before.gone.join(", ")}] was gone`
      : undefined
})

export const S21 = history("DCP-S21", {
  sentence:
    "A replicator that is told to stop by a shutdown or a nuke while nothing is under way first closes its streams.",
  source: "dossier dcp 2.10 point 2; MB-17279, ns_server commit 1375dd3a7",
  follows: replicating,
  breaks: (before, label) => {
    if (label._tag !== "ReplicatorStep" || label.input._tag !== "Stop" || before.at !== "ready") return undefined
    if (label.input.reason === "interrupted") return undefined
    return label.outputs.some(({ _tag }) => _tag === "ShutConsumer")
      ? undefined
      : `${label.input.reason} ends the replicator, and its streams are left open`
  }
})

export const S22 = history("DCP-S22", {
  sentence: "Ok to a desired map means that every replicator that was asked has answered ok.",
  source: "dossier dcp 2.7; MB-15926, ns_server commit e75f8251a",
  follows: asked,
  breaks: (_, label, after) =>
    label._tag === "ManagerStep" &&
    after.failed &&
    label.outputs.some((output) => output._tag === "Answer" && output.result === "ok")
      ? "ok, although a replicator failed"
      : undefined
})
