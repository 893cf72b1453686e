/** Laws about conditional writes: D7. */
import { history } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"
import { type Conditions, conditions, replacerOf } from "../memories/conditions.ts"

export const D7 = history<ClusterLabel, Conditions>("SES-D7", {
  sentence:
    "Of conditional writes that ask for the same value no more than one is applied, and none is once that value was replaced.",
  source: "dossier sessions 1.5, 2.7, and 5, M26 and M39; service/storage_proxy.cc cas; scylladb issue 26864",
  reading:
    "Unless somebody writes the value again, or a truncation or the loss of a quorum takes all promises away. That an applied write is not lost is D1, and that whoever comes later finds it D4.",
  follows: conditions,
  breaks: (before, label) => {
    if (label._tag !== "RequestEnded" || label.applied !== true) return undefined
    const gone = replacerOf(before, label.request)
    return gone === undefined
      ? undefined
      : `${label.request} is applied on ${gone.value ?? "nothing"}, which ${gone.by} has replaced`
  }
})
