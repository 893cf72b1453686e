/** What a check is made of: the roles to be tried, and the scopes that are explored besides. */
import type { Scope } from "../../model/kernel/scope.ts"
import type { Label } from "../report/story.ts"
import { type Protocol, protocolsFor } from "./protocols.ts"
import type { RoleCheck } from "./role-check.ts"
import { listed, noSuch, UsageError } from "./usage-error.ts"

/** What the command line asks for. */
export interface CheckQuestion {
  readonly protocol: string | undefined
  readonly role: string | undefined
  readonly wire: boolean
}

export interface CheckPlan {
  readonly roles: ReadonlyArray<RoleCheck>
  readonly scopes: ReadonlyArray<{ readonly protocol: Protocol; readonly scope: Scope<Label> }>
}

/** Everything there is, unless a role or the wire is asked for: then that and nothing else. */
export const checkPlan = ({ protocol, role, wire }: CheckQuestion): CheckPlan => {
  const asked = protocolsFor(protocol)
  if (role !== undefined || wire) return { roles: chosen(asked, role, wire), scopes: [] }
  return {
    roles: asked.flatMap(({ checks, transcripts, knownBugs }) => [...checks, ...transcripts, ...knownBugs]),
    scopes: asked.flatMap((protocol) =>
      protocol.scopes
        .filter(({ pinned }) => pinned.distinct <= protocol.inPassing)
        .map((scope) => ({ protocol, scope }))
    )
  }
}

const chosen = (asked: ReadonlyArray<Protocol>, role: string | undefined, wire: boolean): ReadonlyArray<RoleCheck> => {
  const all = asked.flatMap(({ checks }) => checks)
  const playing = role === undefined ? all : ofRole(all, role)
  const found = wire ? playing.filter(({ way }) => way === "wire") : playing
  if (found.length > 0) return found
  const reached = names(all.filter(({ way }) => way === "wire"))
  throw new UsageError(`${role ?? "nothing"} is not reached over the wire; there is ${listed(reached)}`)
}

/** A role is named with its protocol or without. */
const ofRole = (all: ReadonlyArray<RoleCheck>, name: string): ReadonlyArray<RoleCheck> => {
  const found = all.filter(({ protocol, role }) => name === role || name === `${protocol}/${role}`)
  if (found.length === 0) throw new UsageError(noSuch("role", name, names(all)))
  return found
}

const names = (checks: ReadonlyArray<RoleCheck>): ReadonlyArray<string> => [...new Set(checks.map(({ role }) => role))]
