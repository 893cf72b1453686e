/**
 * What a node does with what it is asked for, by how far it is.
 *
 * Source: dossier `raft-upgrade.md` 2.3; service/raft/raft_group0_client.cc start_operation, service/migration_manager.cc announce,
 * service/raft/raft_group0.cc leave_group0, remove_from_group0.
 */
import type { Path } from "./messages.ts"
import { post, pre, recovery, synchronize, type UpgradeState } from "./states.ts"

/** What may be asked of a node, or done to it. */
export const operations = [
  "a local schema change",
  "an incoming schema push",
  "a pull of its own, now and then",
  "a pull by the synchronisation",
  "a committed command of group 0",
  "a decommission: the ring",
  "a decommission: the group",
  "a question for the group",
  "a question how far it is",
  "a new node that asks to be let in"
] as const
export type PermittedOperation = (typeof operations)[number]

export interface Permission {
  readonly operation: PermittedOperation
  /** What becomes of it in each state. */
  readonly answers: Readonly<Record<UpgradeState, string>>
}

const row = (
  operation: PermittedOperation,
  inRecovery: string,
  inPre: string,
  inSynchronize: string,
  inPost: string
): Permission => ({
  operation,
  answers: { [recovery]: inRecovery, [pre]: inPre, [synchronize]: inSynchronize, [post]: inPost }
})

const applied = "applied"
const done = "done"
const waits = "waits for post"

/** The table, row by row. A node answers for the state that it is in as the operation begins. */
export const permissions: ReadonlyArray<Permission> = [
  row(
    "a local schema change",
    "the old path",
    "the old path, and the node stays in pre as long",
    "waits 10 s for post, then refused",
    "by group 0"
  ),
  row("an incoming schema push", applied, applied, applied, applied),
  row("a pull of its own, now and then", done, done, done, "not any more"),
  row("a pull by the synchronisation", "never", done, done, "never"),
  row("a committed command of group 0", "no server", applied, applied, applied),
  row("a decommission: the ring", done, `done, but ${waits} once anybody has looked for the group`, waits, done),
  row(
    "a decommission: the group",
    "left out",
    `left out, but ${waits} once anybody has looked for the group`,
    waits,
    done
  ),
  row(
    "a question for the group",
    "nothing to tell",
    "nothing to tell; whom it knows, as it looks; the group, as it is in it",
    "the group",
    "the group"
  ),
  row("a question how far it is", recovery, pre, synchronize, post),
  row(
    "a new node that asks to be let in",
    "waits",
    "waits until there is a group",
    "is let in, and may arrive before it",
    "is let in, arrives, and gets a vote"
  )
]

/** The path of a schema change that begins in a state; none where it is refused. */
export const pathIn = (state: UpgradeState | undefined): Path | undefined =>
  state === post ? "group0" : state === pre || state === recovery ? "old" : undefined
