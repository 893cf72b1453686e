/** What was found as reports tell it. */

import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import { laws } from "../../../spec/dcp/laws.ts"
import type { Divergence as Reported } from "../../report/divergence.ts"
import type { ProtocolResult } from "../../report/report.ts"
import type { Divergence } from "../divergence.ts"
import { reported } from "../reported.ts"
import type { LawOutcome } from "../role-result.ts"
import { type DcpResult, type DcpSetting, dcpToken } from "./dcp-roles.ts"

/** The divergence in the words of the report. */
export const reportedDivergence = (found: Divergence<DcpLabel, unknown>, replay?: string): Reported =>
  reported(found, laws, replay)

/**
 * A whole result in the words of the report.
 *
 * A law that implementation and model break together is reported too, and fails the result: following a model that
 * breaks laws is not obeying them.
 */
export const reportedResult = (result: DcpResult, setting: DcpSetting, seconds?: number): ProtocolResult => {
  const { protocol, role, way, runs, commands, laws, verdict, divergence } = result
  const divergences = [
    ...(divergence === undefined ? [] : [reportedDivergence(divergence, dcpToken(result, setting))]),
    ...laws.flatMap((law) => reportedLaw(result, law))
  ]
  return {
    protocol,
    role,
    way,
    runs,
    commands,
    laws: laws.map(({ id, verdict }) => ({ id, verdict })),
    verdict: verdict === "pass" && divergences.length > 0 ? "fail" : verdict,
    ...(seconds === undefined ? {} : { seconds }),
    divergences
  }
}

const reportedLaw = (
  { implementation, role }: DcpResult,
  { id, why, story }: LawOutcome<DcpLabel>
): ReadonlyArray<Reported> => {
  const law = laws.find((law) => law.id === id)
  if (law === undefined || story === undefined) return []
  return [
    {
      implementation,
      role,
      relation: "laws",
      story,
      expected: [],
      actual: [],
      law: { id, sentence: law.sentence, why }
    }
  ]
}
