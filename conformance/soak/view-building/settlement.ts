/** The end of a round: everything is healed, every view is built, and everybody has what clients have written, and nothing else. */
import type { NodeId } from "../../../spec/metadata.ts"
import type { TableId } from "../../../spec/view-building/ids.ts"
import type { BaseRow, Row } from "../../../spec/view-building/messages.ts"
import { type Table, tabletHolding } from "../../../spec/view-building/metadata.ts"
import { within } from "../waiting.ts"
import type { Clients } from "./clients.ts"
import type { Ground } from "./ground.ts"

/** How long nodes may take to drop what they need no more, and to note what is built, once group 0 says so. */
const quietMs = 30_000
const lookEveryMs = 40

/** What is wrong after a round, in sentences. */
export const settled = async (ground: Ground, clients: Clients, base: TableId): Promise<ReadonlyArray<string>> => {
  await ground.heal()
  await ground.untilStill(base)
  await ground.untilBuilt(base)
  await ground.untilCaughtUp(base)
  const table = await ground.table(base)
  let wrong: ReadonlyArray<string> = []
  await within(
    quietMs,
    async () => {
      wrong = (await Promise.all(ground.nodes.map((node) => look(ground, clients, table, node)))).flat()
      return wrong.length === 0
    },
    lookEveryMs
  )
  return wrong
}

const look = async (ground: Ground, clients: Clients, table: Table, node: NodeId): Promise<ReadonlyArray<string>> => {
  const { base, views } = table
  const promised = [...clients.rows.values()]
  const isOwn = ({ token }: BaseRow): boolean =>
    tabletHolding(table, token)?.replicas.some((replica) => replica.node === node) === true
  const { rows, built } = await ground.dump(node, base)
  const ofBase = differences(alive(promised.filter(isOwn)), alive(rows)).map((why) => `${base} on ${node}: ${why}`)
  const ofViews = views.map(async (view) => {
    const { viewRows } = await ground.dump(node, base, view)
    const wrong = differences(alive(promised), alive(viewRows))
    const unbuilt = built.includes(view) ? [] : ["it does not take it for built"]
    return [...unbuilt, ...wrong].map((why) => `${view} on ${node}: ${why}`)
  })
  return [...ofBase, ...(await Promise.all(ofViews)).flat()]
}

const alive = (rows: ReadonlyArray<Row>): ReadonlyArray<string> =>
  rows.flatMap(({ key, value, timestamp }) => (value === null ? [] : [`${key} = ${value} of ${timestamp}`])).sort()

/** Why something may not be found where something else was promised. */
export const differences = (promised: ReadonlyArray<string>, found: ReadonlyArray<string>): ReadonlyArray<string> => [
  ...promised.filter((row) => !found.includes(row)).map((row) => `it lacks ${row}`),
  ...found.filter((row) => !promised.includes(row)).map((row) => `it has ${row}, which is nobody's`)
]
