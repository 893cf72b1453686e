/**
 * The story that a group is told of only once its name is stored for, M4 of the dossier, on running processes.
 *
 * Whoever creates the group has its server running, and nothing of its name on disk. The others ask it. Then all of them are
 * killed, and the next time somebody creates a group it is another one.
 */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { readJournal } from "../../adapters/raft-upgrade-processes.ts"
import { toldSoFar } from "../journals.ts"
import type { Breach } from "../judged.ts"
import type { Fence } from "../soak.ts"
import { judged } from "./judged.ts"
import { historyOf } from "./life.ts"
import { nodes } from "./plan.ts"

/** How often the others have asked by then whether there is a group. */
const questions = 20

const afterServer = "group0_upgrade_pause_after_server"

/** The laws that are broken, with nodes as scylladb shipped them last unless told otherwise. */
export const toldEarly = async (directory: string, fence: Fence = "off"): Promise<ReadonlyArray<Breach>> => {
  const labels = await historyOf({ directory, fence }, async (ground) => {
    const told = (): ReadonlyArray<RaftUpgradeLabel> => toldSoFar(readJournal, directory, nodes)
    for (const node of nodes) {
      await ground.kill(node)
      await ground.boot(node, afterServer)
    }
    await ground.until("one of them creates the group, and waits", async () =>
      [...(await ground.reached(afterServer)).values()].some((times) => times > 0)
    )
    const wereAnswered = (): boolean => {
      const creator = told().find(({ _tag }) => _tag === "Led")
      const heard = told().filter(
        (label) => label._tag === "ExchangeHeard" && creator?._tag === "Led" && label.of === creator.node
      )
      const found = told().filter(({ _tag }) => _tag === "GroupFound")
      return found.length === nodes.length - 1 || heard.length > questions
    }
    await ground.until("the others were answered", async () => wereAnswered())
    for (const node of nodes) await ground.kill(node)
    for (const node of nodes) await ground.boot(node, null)
    await ground.untilArrived()
  })
  return judged(labels)
}
