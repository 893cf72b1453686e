/** How far each system is: what there is of it, counted from the thing itself. */
import { Schema } from "effect"
import * as spec from "../../spec/index.ts"
import { museums } from "../cli/museums.ts"
import type { Protocol } from "../cli/protocols.ts"
import { remoteRoles } from "../remote/roles/index.ts"
import { count } from "../report/counts.ts"
import { gaps } from "./gaps.ts"
import { tours } from "./toured.ts"

/** One thing that a system may have, and how much of it there is; nothing where there is none. */
export interface Standing {
  readonly what: string
  readonly there: string | undefined
}

/** The command that brings up processes, or speaks over real sockets. */
const overWires: Readonly<Record<string, string>> = {
  dcp: "`check dcp --wire`: real TCP",
  sessions: "`npm run soak:sessions`: OS processes on TCP",
  "view-building": "`npm run soak:view-building`: OS processes on TCP",
  "raft-upgrade": "`npm run soak:raft-upgrade`: OS processes on TCP, with files"
}

const namespaces: Readonly<Record<string, object>> = {
  dcp: spec.dcp,
  sessions: spec.sessions,
  "view-building": spec.viewBuilding,
  "raft-upgrade": spec.raftUpgrade
}

/** What there is of a system, in the order in which such a thing is built. */
export const standingOf = (protocol: Protocol): ReadonlyArray<Standing> => [
  { what: "schemas", there: someOf(schemasIn(namespaces[protocol.protocol])) },
  { what: "model", there: modelOf(protocol) },
  { what: "exhaustive scopes", there: scopesOf(protocol) },
  { what: "laws", there: lawsOf(protocol) },
  { what: "implementation", there: listed(protocol.checks.map(({ implementation }) => implementation.split(",")[0]!)) },
  { what: "roles under test", there: rolesOf(protocol) },
  { what: "every transition toured", there: toursOf(protocol) },
  { what: "museum", there: museumOf(protocol) },
  { what: "wire or process test", there: overWires[protocol.protocol] },
  { what: "chapter", there: `spec/${protocol.protocol}/README.md` },
  { what: "gaps", there: gaps[protocol.protocol]?.join("; ") }
]

const someOf = (number: number): string | undefined => (number === 0 ? undefined : count(number))

const schemasIn = (namespace: object = {}): number =>
  Object.values(namespace).reduce((sum: number, value: unknown) => {
    if (Schema.isSchema(value)) return sum + 1
    return typeof value === "object" && value !== null && Object.prototype.toString.call(value) === "[object Module]"
      ? sum + schemasIn(value)
      : sum
  }, 0)

const modelOf = ({ scopes }: Protocol): string => {
  const rules = scopes.map(({ system }) => system({ variant: {}, without: [] }).rules.length)
  return `${count(scopes.length)} scopes, up to ${count(Math.max(...rules))} rules`
}

const scopesOf = ({ scopes }: Protocol): string => {
  const whole = scopes.filter(({ sample }) => sample === undefined)
  const failing = whole.filter(({ mustFail }) => mustFail.length > 0)
  const most = Math.max(...whole.map(({ pinned }) => pinned.distinct))
  const partly = scopes.length - whole.length
  const rest = partly === 0 ? "" : `; ${partly} in part`
  return `${whole.length} to the end (up to ${count(most)} states), ${failing.length} of them must fail${rest}`
}

const lawsOf = ({ laws }: Protocol): string => {
  const witnesses = laws.filter(({ modality }) => modality === "sometimes").length
  return `${laws.length - witnesses}, and ${witnesses} witnesses`
}

const rolesOf = ({ protocol, checks }: Protocol): string | undefined => {
  const overLine = remoteRoles.map(({ role }) => role.split("/")).filter(([of]) => of === protocol)
  const remote = overLine.length === 0 ? "" : `; in any language ${listed(overLine.map(([, role = ""]) => role))}`
  const here = listed(checks.map(({ role }) => role))
  return here === undefined ? undefined : `${here}${remote}`
}

const toursOf = ({ protocol }: Protocol): string | undefined =>
  listed(
    tours
      .filter((tour) => tour.protocol === protocol)
      .map(({ role, transitions, test }) => `${role} ${count(transitions)}${test === undefined ? " (not in CI)" : ""}`)
  )

const museumOf = ({ protocol }: Protocol): string | undefined => {
  const mutants = museums.filter((museum) => museum.protocol === protocol).flatMap((museum) => museum.mutants)
  return mutants.length === 0 ? undefined : `${mutants.length} mutants`
}

const listed = (names: ReadonlyArray<string>): string | undefined =>
  names.length === 0 ? undefined : [...new Set(names)].join(", ")
