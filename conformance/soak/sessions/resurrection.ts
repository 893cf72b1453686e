/**
 * The story that fences of sessions are for, scenarios A and J of the dossier, on running processes.
 *
 * Rows of a stream have come in at the new replica, and are stopped before they enter their session. The connection breaks, the
 * stream is done again, and the migration ends. Then a row is deleted, the deletion repaired to all replicas and forgotten. At last
 * the rows of the first stream go on: one of them is the row that was deleted.
 *
 * Every step waits for the one before, so it is the same run each time.
 */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Row } from "../../../spec/sessions/messages.ts"
import { type Replica, ShardId, TabletId } from "../../../spec/sessions/metadata.ts"
import type { InjectionName } from "../../adapters/sessions-processes.ts"
import type { Breach } from "../judged.ts"
import type { Fence } from "../soak.ts"
import { limitMs, Stuck, within } from "../waiting.ts"
import { Clients } from "./clients.ts"
import { judged } from "./judged.ts"
import { historyOf } from "./life.ts"
import { nodes } from "./plan.ts"
import { forget } from "./purge.ts"

export interface Resurrection {
  readonly labels: ReadonlyArray<ClusterLabel>
  readonly breaches: ReadonlyArray<Breach>
  /** What quorum reads return of the deleted row in the end. */
  readonly found: ReadonlyArray<Row>
}

const tablet = TabletId.make("t0")
const key = "k0"
const [nodeA, nodeB, nodeC] = [nodes[0]!, nodes[1]!, nodes[2]!]
const at = (node: Replica["node"]): Replica => ({ node, shard: ShardId.make(0) })
const place: InjectionName = "stream_mutation_fragments"

export const resurrection = async (directory: string, fence: Fence): Promise<Resurrection> => {
  let found: ReadonlyArray<Row> = []
  const tablets = [{ tablet, replicas: [at(nodeA), at(nodeB)] }]
  const labels = await historyOf({ directory, fence, tablets }, async (ground) => {
    const clients = new Clients(ground, tablet)
    const once = async (what: "write" | "delete"): Promise<void> => {
      await clients.run([{ what, via: nodeB, key, restMs: 0 }])
      if (clients.attempts.at(-1)?.acknowledged !== true)
        throw new Stuck(`the ${what} fails, and nothing is in its way`)
    }
    await ground.order(tablet, { _tag: "Repair", tablet })
    await ground.untilIdle(tablet)
    await ground.dumps()
    await once("write")

    await ground.inject("enable-once", place)
    await ground.order(tablet, { _tag: "MigrateTablet", tablet, from: at(nodeA), to: at(nodeC) })
    const isThere = async (): Promise<boolean> => (await ground.reached(place)).get(nodeC) === 1
    if (!(await within(limitMs, isThere))) throw new Stuck("no streamed rows come in at C")
    await ground.ask(nodeC, { _tag: "KillConnections", host: nodeA })
    await ground.untilIdle(tablet)

    await once("delete")
    const before = clients.now
    await ground.order(tablet, { _tag: "Repair", tablet })
    await ground.untilIdle(tablet)
    await forget(ground, tablet, before)

    await ground.inject("disable", place)
    // The rows have gone on by the time that others have been read, repaired and read again.
    await ground.order(tablet, { _tag: "Repair", tablet })
    await ground.untilIdle(tablet)
    found = (await Promise.all(nodes.map((via) => clients.read(via, key)))).flatMap((rows) => rows ?? [])
    return clients.heard
  })
  return { labels, breaches: judged(labels), found }
}
