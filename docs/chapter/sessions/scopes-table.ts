/** The scopes of sessions with their pinned counts. Tests hold each to what it pins. */
import { count } from "../../../conformance/report/counts.ts"
import type { MustFail, Scope } from "../../../model/kernel/scope.ts"
import { scopes } from "../../../model/sessions/cluster/scopes.ts"
import { registryScopes } from "../../../model/sessions/registry/scopes.ts"
import { topologyScopes } from "../../../model/sessions/topology/scopes.ts"
import { table } from "../exploring.ts"
import { lawLink } from "../exploring-of.ts"
import { numberOf } from "./exploring.ts"

type Told = Pick<Scope<never>, "name" | "about" | "pinned" | "mustFail">

const broken = (mustFail: ReadonlyArray<MustFail>): string =>
  mustFail.length === 0
    ? "nothing"
    : mustFail.map(({ law, length }) => `${lawLink(numberOf(law))} ${length}`).join(", ")

/** One row a scope of the cluster, of the topology's session, or of one shard's registry. */
export const scopesTable = ([which = "cluster"]: ReadonlyArray<string>): string => {
  const told: ReadonlyArray<Told> = { registry: registryScopes, topology: topologyScopes }[which] ?? scopes
  return table(
    ["scope", "distinct", "generated", "depth", "breaks, in steps", "what it shows"],
    told.map(({ name, about, pinned, mustFail }) => [
      `\`${name}\``,
      count(pinned.distinct),
      count(pinned.generated),
      String(pinned.depth),
      broken(mustFail),
      about
    ])
  )
}
