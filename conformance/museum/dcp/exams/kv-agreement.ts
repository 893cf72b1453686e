/** The kv consumer under agreement (i), beside a connection that waits for its answers without end. */
import { type Loss, small } from "../../../../model/dcp/bounds.ts"
import { pair } from "../../../../model/dcp/pair.ts"
import { beforeFix } from "../../../../model/dcp/variants.ts"
import type { LawResult } from "../../../../model/explorer/exploration.ts"
import { explore } from "../../../../model/explorer/explore.ts"
import type { System } from "../../../../model/kernel/system.ts"
import type { DcpLabel } from "../../../../spec/dcp/labels.ts"
import { L8 } from "../../../../spec/dcp/laws/liveness.ts"
import type { Exam, Finding } from "../exam.ts"

/** A connection that crashes at an early end hides what kv did; the one before the fix of MB-53445 shows it. */
export const kvPair = (losses: ReadonlyArray<Loss>): System<DcpLabel> => pair(beforeFix, { ...small, losses }, [L8])

const broken = (system: System<DcpLabel>): ReadonlyArray<LawResult<DcpLabel>> =>
  explore(system).laws.filter(({ verdict }) => verdict === "violated")

/** What a pair breaks because of its kv consumer: that connection breaks laws of its own, whatever kv does. */
export function* kvFindings(system: System<DcpLabel>): Generator<Finding> {
  const own = new Set(broken(kvPair([])).map(({ id }) => id))
  for (const { id, length, why } of broken(system))
    if (!own.has(id))
      yield { law: id, by: `explore obligingKv: ${id} in ${length} steps`, length: length ?? null, what: why ?? "" }
}

export const kvAgreement: Exam = {
  name: "kv consumer under agreement (i)",
  async *findings({ kv }) {
    if (kv !== undefined) yield* kvFindings(kvPair(kv))
  }
}
