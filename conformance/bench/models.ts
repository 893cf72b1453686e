/** What is measured: ordinary systems, and the Promela beside them. */

import { setup, shutConnection, small } from "../../model/dcp/bounds.ts"
import { pair } from "../../model/dcp/pair.ts"
import { reference } from "../../model/dcp/variants.ts"
import { sessionFencing } from "../../model/examples/session-fencing.ts"
import { twoPhaseCommit } from "../../model/examples/two-phase-commit.ts"
import type { System } from "../../model/index.ts"
import type { Source } from "../explorer-io/source.ts"

interface BenchModel {
  readonly source: Source
  /** The Promela file beside this one, its parameter, and the counts that both must find. */
  readonly promela?: { readonly file: string; readonly define: string }
  readonly distinct?: number
  readonly generated?: number
}

/** The same system without laws about liveness: what Spin's `-DSAFETY` judges. */
const safety = <L>(system: System<L>): System<L> => ({
  ...system,
  laws: system.laws.filter(({ modality }) => modality !== "leadsTo")
})

export const safeTwoPhaseCommit = (managers: number) => safety(twoPhaseCommit(managers))
export const fencing = (replicas: number, sessions: number) => sessionFencing({ replicas, sessions })

/** Two vBuckets, three calls that may overlap, a shut, and some broken sockets. */
export const dcp = (breaks: number) =>
  safety(
    pair(
      reference,
      { ...small, vbuckets: 2, calls: 3, requests: [setup(0, 1), setup(), shutConnection], overlap: true, breaks },
      []
    )
  )

const made = (maker: string, ...given: ReadonlyArray<unknown>): Source => ({
  module: new URL("./models.ts", import.meta.url).href,
  maker,
  arguments: given
})

const commit = (managers: number, distinct: number, generated: number): BenchModel => ({
  source: made("safeTwoPhaseCommit", managers),
  promela: { file: "two-phase-commit.pml", define: `-DMANAGERS=${managers}` },
  distinct,
  generated
})

const fenced = (replicas: number, distinct: number, generated: number): BenchModel => ({
  source: made("fencing", replicas, 1),
  promela: { file: "session-fencing.pml", define: `-DREPLICAS=${replicas}` },
  distinct,
  generated
})

export const benchModels: Readonly<Record<string, BenchModel>> = {
  "two-phase commit 7": commit(7, 296_448, 2_744_706),
  "two-phase commit 8": commit(8, 1_745_408, 18_507_778),
  "two-phase commit 9": commit(9, 10_340_352, 123_558_402),
  "session fencing 2": fenced(2, 45_517, 248_017),
  "session fencing 3": fenced(3, 2_823_457, 21_681_386),
  "session fencing 3, 2 sessions": { source: made("fencing", 3, 2) },
  "dcp 0 breaks": { source: made("dcp", 0) },
  "dcp 1 break": { source: made("dcp", 1) },
  "dcp 4 breaks": { source: made("dcp", 4) },
  // Minutes for all pairs, so only on request: `--only largest`.
  "largest, dcp 38 breaks": { source: made("dcp", 38) }
}
