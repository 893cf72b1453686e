/** What several stories have in common. */
import type { InjectionName } from "../../../../impl/raft-upgrade/injections.ts"
import type { Cluster } from "../../../../impl/raft-upgrade/node/local-cluster.ts"
import type { Edit } from "../../../../spec/raft-upgrade/messages.ts"
import { arrived, bootAll } from "../story.ts"

/** The places that stories stop nodes at. */
export const places = {
  beforeDryRun: "group0_upgrade_pause_before_dry_run",
  beforeDiscovery: "group0_upgrade_pause_before_discovery",
  afterDiscovery: "group0_upgrade_pause_after_discovery",
  afterStored: "group0_upgrade_pause_after_stored",
  beforeSynchronize: "group0_upgrade_pause_before_synchronize",
  inSynchronize: "group0_upgrade_pause_in_synchronize",
  beforeFinal: "group0_upgrade_pause_before_final"
} as const satisfies Record<string, InjectionName>

/** A cluster that uses group 0. */
export const begun = async (cluster: Cluster): Promise<void> => {
  await bootAll(cluster)
  await arrived(cluster, ...cluster.names)
}

/** Has these stop at a place, once they come to it. */
export const stopAt = (cluster: Cluster, place: InjectionName, ...names: ReadonlyArray<string>): void => {
  for (const name of names) cluster.inject(name, place)
}

/** Has something be done that may never come to its end. */
export const ask = async (cluster: Cluster, what: Promise<unknown>, milliseconds = 2_000): Promise<void> => {
  what.catch(() => {})
  await cluster.pass(milliseconds)
}

const erasures: ReadonlyArray<Edit> = [{ _tag: "EraseDiscovery" }, { _tag: "EraseHistory" }, { _tag: "EraseGroup" }]

/** R2 and R3: these are in recovery. */
export const enterRecovery = async (cluster: Cluster, left: ReadonlyArray<string>): Promise<void> => {
  for (const name of left) await cluster.edit(name, { _tag: "WriteState", text: "recovery" })
  for (const name of left) await cluster.restart(name)
}

/** R4 and R5: takes the lost off the ring, and erases all of group 0. */
export const eraseGroup0 = async (
  cluster: Cluster,
  left: ReadonlyArray<string>,
  lost: ReadonlyArray<string>
): Promise<void> => {
  for (const dead of lost) await ask(cluster, cluster.on(left[0]!).operator.remove(cluster.id(dead)))
  for (const edit of erasures) for (const name of left) await cluster.edit(name, edit)
}

/** R7 and R8: all set out anew, one after another. */
export const setOutAnew = async (cluster: Cluster, left: ReadonlyArray<string>): Promise<void> => {
  for (const name of left) await cluster.edit(name, { _tag: "DeleteState" })
  for (const name of left) {
    await cluster.restart(name)
    await cluster.pass(2_000)
  }
}

/** R4 to R8. Source: dossier 3. */
export const leaveRecovery = async (
  cluster: Cluster,
  left: ReadonlyArray<string>,
  lost: ReadonlyArray<string>
): Promise<void> => {
  await eraseGroup0(cluster, left, lost)
  await setOutAnew(cluster, left)
}
