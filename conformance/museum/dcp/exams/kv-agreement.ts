/** The kv consumer under agreement (i), beside a connection that waits for its answers without end. */
import { type Loss, small } from "../../../../model/dcp/bounds.ts"
import { pair } from "../../../../model/dcp/pair.ts"
import { beforeFix } from "../../../../model/dcp/variants.ts"
import type { LawResult } from "../../../../model/explorer/exploration.ts"
import { explore } from "../../../../model/explorer/explore.ts"
import type { DcpLabel } from "../../../../spec/dcp/labels.ts"
import { L8 } from "../../../../spec/dcp/laws/liveness.ts"
import type { Exam } from "../exam.ts"

/** A connection that crashes at an early end hides what kv did; the one before the fix of MB-53445 shows it. */
const broken = (losses: ReadonlyArray<Loss>): ReadonlyArray<LawResult<DcpLabel>> =>
  explore(pair(beforeFix, { ...small, losses }, [L8])).laws.filter(({ verdict }) => verdict === "violated")

export const kvAgreement: Exam = {
  name: "kv consumer under agreement (i)",
  async *findings({ kv }) {
    if (kv === undefined) return
    // That connection breaks laws of its own, whatever kv does.
    const own = new Set(broken([]).map(({ id }) => id))
    for (const { id, length, why } of broken(kv))
      if (!own.has(id))
        yield { law: id, by: `explore obligingKv: ${id} in ${length} steps`, length: length ?? null, what: why ?? "" }
  }
}
