/** How a witness is written down. */
import { type Memory, type SometimesLaw, sometimes } from "../../law.ts"
import type { ClusterLabel } from "../labels.ts"

/** The laws that a witness is for are part of its source. */
export const witness = <M>(
  number: number,
  sentence: string,
  laws: string,
  follows: Memory<M, ClusterLabel>,
  happens: SometimesLaw<ClusterLabel, M>["happens"]
): SometimesLaw<ClusterLabel, M> =>
  sometimes<ClusterLabel, M>(`SES-W${number}`, {
    sentence,
    source: `dossier sessions 4, for ${laws}`,
    follows,
    happens
  })
