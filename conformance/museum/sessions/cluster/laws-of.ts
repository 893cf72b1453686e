/** Which laws a trial of the battery judges: a law that nothing in it can break says nothing. */
import type { Bounds } from "../../../../model/sessions/cluster/bounds.ts"
import type { Law } from "../../../../spec/law.ts"
import type { ClusterLabel } from "../../../../spec/sessions/labels.ts"
import { dataLaws, groupZeroLaws, requestLaws, sessionLaws, waitingLaws } from "../../../../spec/sessions/laws.ts"
import type { Trial } from "./battery.ts"

const mayLose = ({ exclusions, ghosts = [] }: Bounds): boolean => exclusions > 0 || ghosts.length > 0
const mayReplace = ({ failovers }: Bounds): boolean => failovers > 0

/** What must be able to happen before a law has anything to judge. */
const needs: Readonly<Record<string, (bounds: Bounds) => boolean>> = {
  "SES-C1a": mayReplace,
  "SES-L6": mayReplace,
  "SES-L4": mayLose,
  "SES-D1": ({ requests }) => requests.some((kind) => kind !== "read"),
  "SES-D2": ({ purges }) => purges > 0,
  "SES-D2r": ({ purges, requests }) => purges > 0 && requests.includes("read"),
  "SES-D4": ({ requests }) => requests.includes("read"),
  "SES-D6": ({ transitions }) => transitions.some(({ kind }) => kind === "rebuild_v2"),
  // A cluster has no requests of the topology.
  "SES-L5t": () => false
}

/** Without laws about requests where there are none, and without what is promised under an assumption that is switched off. */
export const lawsOf = ({ bounds }: Trial): ReadonlyArray<Law<ClusterLabel>> =>
  [
    ...groupZeroLaws,
    ...sessionLaws,
    ...(bounds.requests.length > 0 ? requestLaws : []),
    ...dataLaws,
    ...waitingLaws.filter(
      (law) => "given" in law && !law.given.some((assumption) => bounds.without.includes(assumption))
    )
  ].filter(({ id }) => needs[id]?.(bounds) ?? true)
