/** What group 0 may say next to a replica node: one step of a migration to it, forwards or back, or a fence. */
import { SessionId } from "../../../../spec/sessions/ids.ts"
import {
  type Kind,
  type Metadata,
  type Position,
  type Replica,
  type Stage,
  sameReplica,
  type Tablet,
  Version
} from "../../../../spec/sessions/metadata.ts"
import { replicaAt } from "./cluster-setups.ts"

const [from, to, beside] = [replicaAt("A.1"), replicaAt("B.1"), replicaAt("B.0")]

/** Where each stage may lead. The end is told apart by whether the tablet has moved. */
const ways: Partial<Record<Stage, ReadonlyArray<Stage | "moved" | "back">>> = {
  allow_write_both_read_old: ["write_both_read_old"],
  write_both_read_old: ["streaming", "cleanup_target"],
  streaming: ["write_both_read_new", "cleanup_target"],
  write_both_read_new: ["use_new"],
  use_new: ["cleanup"],
  cleanup: ["end_migration"],
  end_migration: ["moved"],
  cleanup_target: ["revert_migration"],
  revert_migration: ["back"]
}

/** More commands than this nobody commits in one run of a check. */
const furthest = 60

export const nextMetadata = (at: Position, metadata: Metadata): ReadonlyArray<Metadata> => {
  const [tablet] = metadata.tablets
  if (tablet === undefined || at > furthest) return []
  const version = Version.make(metadata.version + 1)
  const moved = nextTablets(at, tablet).map((next): Metadata => ({ ...metadata, version, tablets: [next] }))
  // A barrier has raised the fence to the version that was current when it began.
  return metadata.fence < metadata.version ? [...moved, { ...metadata, fence: metadata.version }] : moved
}

const nextTablets = (at: Position, tablet: Tablet): ReadonlyArray<Tablet> => {
  const { transition, replicas } = tablet
  if (transition === null) {
    const [own] = replicas
    const moves = (kind: Kind, replica: Replica): Tablet => ({
      ...tablet,
      transition: { kind, stage: "allow_write_both_read_old", next: [replica], session: null }
    })
    if (own?.node !== to.node) return [moves("migration", to)]
    return [moves("migration", from), moves("intranode_migration", sameReplica(own, to) ? beside : to)]
  }
  return (ways[transition.stage] ?? []).map((way): Tablet => {
    if (way === "moved") return { ...tablet, replicas: transition.next, transition: null }
    if (way === "back") return { ...tablet, transition: null }
    const session =
      way === "write_both_read_old"
        ? SessionId.make(`session-${at + 1}`)
        : way === "streaming"
          ? transition.session
          : null
    return { ...tablet, transition: { ...transition, stage: way, session } }
  })
}
