/** A commit is effective, and the coordinator never hears of it. Source: dossier sessions 2.1; raft/raft.hh commit_status_unknown. */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import { appended } from "../../group0/log.ts"
import { write } from "../../kernel/cell.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import type { ClusterCells } from "./cells.ts"
import { taking } from "./coordinator-rules.ts"
import type { Variant } from "./variant.ts"

const on = rulesOf<ClusterLabel>()

/** For all that the coordinator knows, what it has committed had no effect. */
export const unheardRules = (cells: ClusterCells, variant: Variant): ReadonlyArray<Rule<ClusterLabel>> =>
  cells.coordinators.map((own) =>
    on(
      `coordinator ${own.term} commits and does not hear of it`,
      { actor: "network", fair: "none", reads: [own.state, cells.position, cells.mayMiss] },
      (now, head, left): ReadonlyArray<Firing<ClusterLabel>> => {
        if (now?.plan == null || left === 0 || now.plan.seen !== head) return []
        const { metadata } = now.plan
        const command = appended(cells, head, metadata)
        return taking(
          cells,
          variant,
          own,
          now,
          { _tag: "CommitDone", effective: false },
          [{ _tag: "Committed", by: { _tag: "Coordinator", term: own.term }, at: command.at, metadata }],
          [command.write, write(cells.mayMiss, "spend")]
        )
      }
    )
  )
