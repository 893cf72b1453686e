/** A run as the rows of the report's tables. */
import type { Exploration, ProtocolResult } from "../report.ts"
import type { Run } from "./run.ts"

/** A row for each role, with its laws and without its stories. */
export const resultsOf = ({ roles, laws }: Run): ReadonlyArray<ProtocolResult> =>
  roles.map(({ number, protocol, role, way, runs, commands, verdict }) => ({
    protocol,
    role,
    way,
    runs,
    commands,
    verdict,
    laws: laws.filter(({ of }) => of === number).map(({ id, verdict }) => ({ id, verdict })),
    divergences: []
  }))

/** A row for each explored scope. */
export const explorationsOf = ({ scopes }: Run): ReadonlyArray<Exploration> =>
  scopes.map(({ surprises, at, _tag, ...row }) => row)
