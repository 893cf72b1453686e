/** How the death of a process of ours reads in the spec's words. */
import { describeExit, type ExitReason } from "../../impl/runtime/exit.ts"
import type { CrashReason } from "../../spec/dcp/messages.ts"
import type { Died } from "../kit/role-under-test.ts"

const inSpec: ReadonlySet<string> = new Set<CrashReason["_tag"]>([
  "UnrecognizedOpaque",
  "UnexpectedStreamEnd",
  "BadMatch",
  "BadArgument",
  "SocketClosed",
  "Killed"
])

const isCrash = (reason: ExitReason): reason is CrashReason => inSpec.has(reason._tag)

/** A crash with its reason where the spec has that, else a death that tells what it was. */
export const deathOf = (reason: ExitReason): { readonly _tag: "Crash"; readonly reason: CrashReason } | Died =>
  isCrash(reason) ? { _tag: "Crash", reason } : { _tag: "Died", why: describeExit(reason) }
