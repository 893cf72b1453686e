// Goal: what one pass of the pump decides, and what a node makes of a trigger, in cases that no scope has. Method: call them.
import { describe, expect, test } from "vitest"
import {
  type Metadata,
  NodeId,
  Position,
  type Stage,
  type Tablet,
  TabletId,
  Term
} from "../../../spec/sessions/metadata.ts"
import { small } from "./bounds.ts"
import { newCoordinator, noting } from "./coordinator-state.ts"
import { firstMetadata, replicaOn } from "./first-metadata.ts"
import { begun } from "./operations.ts"
import { planned } from "./plan.ts"
import { stageRules } from "./stages.ts"
import { reference } from "./variant.ts"

const bounds = { ...small, nodes: ["A", "B", "C"], replicas: ["A", "B"] }
const first = firstMetadata(bounds)
const at = Position.make(4)

const inStage = (
  name: string,
  stage: Stage,
  to: ReadonlyArray<string>,
  kind: "migration" | "repair" | "restore"
): Tablet => ({
  tablet: TabletId.make(name),
  replicas: first.tablets[0]!.replicas,
  transition: { kind, stage, next: to.map((node) => replicaOn(bounds, node)), session: null }
})

const coordinator = newCoordinator(Term.make(1))
const pass = (metadata: Metadata, now = coordinator) => planned(reference, stageRules(reference), now, at, metadata, [])

describe("sessions: plan", () => {
  test("two tablets whose sessions are set by one command have sessions of their own (S9)", () => {
    const tablets = ["t1", "t2"].map((name) => inStage(name, "allow_write_both_read_old", ["C", "B"], "migration"))
    const done = ["t1", "t2"].reduce(
      (now, name) => noting(now, TabletId.make(name), "allow_write_both_read_old", { barrier: "succeeded" }),
      coordinator
    )
    const { changed } = pass({ ...first, tablets }, done)
    const sessions = changed?.tablets.map(({ transition }) => transition?.session)
    expect(sessions).toEqual(["session-5", "session-5/t2"])
  })

  test("a repair is asked of the first replica that lives, a restore of all that do", () => {
    const asked = (kind: "repair" | "restore", ignored: ReadonlyArray<string>) =>
      pass({
        ...first,
        ignored: ignored.map((node) => NodeId.make(node)),
        tablets: [inStage("t1", kind, ["A", "B"], kind)]
      }).triggers.map(({ node }) => node)
    expect(asked("repair", [])).toEqual(["A"])
    expect(asked("repair", ["A"])).toEqual(["B"])
    expect(asked("repair", ["A", "B"])).toEqual([])
    expect(asked("restore", [])).toEqual(["A", "B"])
    expect(asked("restore", ["A"])).toEqual(["B"])
  })

  test("a stream of a tablet that has no pending replica is refused, and the coordinator asks nobody for it", () => {
    const metadata: Metadata = { ...first, tablets: [inStage("t1", "streaming", ["A"], "migration")] }
    const trigger = {
      term: Term.make(1),
      call: 1,
      operation: "stream" as const,
      tablet: TabletId.make("t1"),
      session: null,
      needs: at
    }
    for (const node of bounds.nodes)
      expect(begun(reference, NodeId.make(node), metadata, trigger)).toEqual({ reason: "NotThisReplica" })
    expect(pass(metadata).triggers).toEqual([])
  })
})
