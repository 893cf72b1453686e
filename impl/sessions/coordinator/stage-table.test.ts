import { describe, expect, test } from "vitest"
import { SessionId } from "../../../spec/sessions/ids.ts"
import { type Kind, kinds, type Stage, stages, type Tablet } from "../../../spec/sessions/metadata.ts"
import { selectors } from "../../../spec/sessions/selectors.ts"
import { at, t1 } from "../node/cluster.test-support.ts"
import { stageTable, type Way } from "./stage-table.ts"

const inStage = (stage: Stage, kind: Kind): Tablet => ({
  tablet: t1,
  replicas: [at("A")],
  transition: { kind, stage, next: [at("B")], session: SessionId.make("s") }
})

/** Every way out of a stage that there is. */
const waysOut = (stage: Stage): ReadonlyArray<Way> => {
  const { leads, back, lost } = stageTable[stage]
  const forward = kinds.map((kind) => (typeof leads === "function" ? leads(inStage(stage, kind)) : leads))
  return lost === "never" ? forward : [...forward, back]
}

/** Every step from stage to stage, or to the end of a transition. */
const steps = stages.flatMap((from) => waysOut(from).map((way) => ({ from, ...way })))
const ofEnd = { done: { writes: "next", reads: "next" }, undone: { writes: "prev", reads: "prev" } } as const
const after = (to: Way["to"]) => (to === "done" || to === "undone" ? ofEnd[to] : selectors[to])

describe("sessions: coordinator: the table of stages", () => {
  test("M66 no step changes both for reads and for writes whom requests go to", () => {
    for (const { from, to } of steps) {
      const [now, then] = [selectors[from], after(to)]
      const changes = Number(now.reads !== then.reads) + Number(now.writes !== then.writes)
      expect(changes, `${from} to ${to}`).toBeLessThanOrEqual(1)
    }
  })

  test("V2 whoever enters a stage without a barrier finds the routing as it was", () => {
    for (const { from, to } of steps) {
      if (to === "done" || to === "undone" || stageTable[to].barrier) continue
      expect(selectors[to], `${from} to ${to}`).toEqual(selectors[from])
    }
  })

  test("S11 whoever leaves a stage in which rows come in leaves the session, but for the stream that follows a repair", () => {
    const busy: ReadonlyArray<Stage> = ["streaming", "rebuild_repair", "repair", "restore"]
    for (const { from, to, session } of steps) {
      if (!busy.includes(from)) continue
      expect(session, `${from} to ${to}`).toBe(to === "streaming" ? "keeps" : "clears")
    }
  })

  test("S8 M65 M72 every transition ends behind a barrier", () => {
    for (const { from, to } of steps)
      if (to === "done" || to === "undone") expect(stageTable[from].barrier, from).toBe(true)
  })

  test("S9 a session is set in one step only", () => {
    const set = steps.filter(({ session }) => session === "sets").map(({ from, to }) => `${from} ${to}`)
    expect([...new Set(set)]).toEqual(["allow_write_both_read_old write_both_read_old"])
  })
})
