/** A role with an implementation that can be put to the test, as the commands see it, whatever its protocol. */
import type { Replay } from "../kit/token.ts"
import type { Divergence } from "../report/divergence.ts"
import type { ProtocolResult } from "../report/report.ts"

/** How much to run, and how to watch and stop it. */
export interface CheckEffort {
  readonly seed: number
  readonly runs: number
  readonly interrupted: () => boolean
  readonly onProgress: (runs: number, commands: number) => void
}

/** A row of the results, with why nothing can be said where that is so. */
export interface CheckedRow extends ProtocolResult {
  readonly trouble?: string
}

/** How running a replay again went. */
export type ReplayedRole =
  /** It parts from its model again; `same` where expected and actual are what they were. */
  | { readonly _tag: "Diverged"; readonly same: boolean; readonly divergence: Divergence }
  | { readonly _tag: "Agreed" }
  | { readonly _tag: "Impossible"; readonly why: string }
  | { readonly _tag: "Trouble"; readonly why: string }

export interface RoleCheck {
  readonly protocol: string
  /** Such as `consumer-connection`. */
  readonly role: string
  /** What surrounds it, where there is a choice. */
  readonly environment: string
  readonly way: string
  readonly implementation: string
  /** Runs unless told otherwise. */
  readonly runs: number
  check(effort: CheckEffort): Promise<CheckedRow>
  /** Runs a replay of this role again. Nothing if the replay is about something else. */
  replay?(replay: Replay): Promise<ReplayedRole>
}
