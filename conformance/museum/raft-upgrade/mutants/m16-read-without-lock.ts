import { type HeldState, UpgradeStateAccess } from "../../../../impl/raft-upgrade/state/upgrade-state-access.ts"
import { pre } from "../../../../spec/raft-upgrade/states.ts"
import { mutant } from "../mutant.ts"

const nothing = (): void => {}

class LocksIfPre extends UpgradeStateAccess {
  override async get(): Promise<HeldState> {
    return this.now === pre ? super.get() : { state: this.now, release: nothing }
  }
}

class LooksBeforeItLocks extends UpgradeStateAccess {
  override async get(): Promise<HeldState> {
    const state = this.now
    return { state, release: state === pre ? await this.lock.read() : nothing }
  }
}

export const M16a = mutant(
  "M16a",
  {
    sentence: "A node's state is read without its lock where it is not the first, while another is on its disk.",
    origin: "scylladb before commit 114419d6ab; dossier 5, row 16",
    breaks: ["S6"],
    seenIn: "others ask a node that has stored that it has arrived, and does not go by it yet",
    lawful:
      "whoever is told the earlier state waits, and asks again: only one that has read the disk itself would be surprised"
  },
  { machinery: { UpgradeStateAccess: LocksIfPre } }
)

export const M16b = mutant(
  "M16b",
  {
    sentence: "A node's state is read before its lock is taken, and not again.",
    origin: "scylladb before commit 114419d6ab; dossier 5, row 16",
    breaks: ["S6"],
    seenIn: "a change comes when its node has stored that it is in synchronize, and does not go by it yet"
  },
  { machinery: { UpgradeStateAccess: LooksBeforeItLocks } }
)
