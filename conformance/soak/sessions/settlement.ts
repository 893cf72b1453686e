/** The end of a round: everything is healed and repaired, and clients look whether they find what they were promised. */
import type { Row } from "../../../spec/sessions/messages.ts"
import { type NodeId, type Replica, sameReplica, type TabletId } from "../../../spec/sessions/metadata.ts"
import { limitMs, Stuck, within } from "../waiting.ts"
import type { Attempt, Clients } from "./clients.ts"
import type { Dumped, Ground } from "./ground.ts"
import { everywhere, keys } from "./plan.ts"
import { rowsOn } from "./purge.ts"

/** What is wrong after a round, in sentences. */
export const settled = async (ground: Ground, clients: Clients, tablet: TabletId): Promise<ReadonlyArray<string>> => {
  await ground.heal()
  await ground.untilIdle(tablet)
  const strays = astray(await repaired(ground, tablet), (await ground.tablet(tablet)).replicas, tablet)
  const wrong = await Promise.all(keys.map((key) => look(ground, clients, key)))
  return [...strays, ...wrong.flat()]
}

/** Repairs until all replicas are the same: a repair that fails ends all the same, and says so to nobody. */
const repaired = async (ground: Ground, tablet: TabletId): Promise<ReadonlyMap<NodeId, Dumped>> => {
  const { replicas } = await ground.tablet(tablet)
  let dumps = new Map<NodeId, Dumped>()
  const isSame = await within(limitMs, async () => {
    await ground.order(tablet, { _tag: "Repair", tablet })
    await ground.untilIdle(tablet)
    dumps = new Map(await ground.dumps())
    const copies = replicas.map(({ node, shard }) => JSON.stringify(rowsOn(dumps.get(node), shard, tablet)))
    return copies.every((copy) => copy === copies[0])
  })
  if (!isSame) throw new Stuck(`the replicas of ${tablet} do not become the same by repairs`)
  return dumps
}

/** Data of the tablet where it does not belong. */
const astray = (
  dumps: ReadonlyMap<NodeId, Dumped>,
  replicas: ReadonlyArray<Replica>,
  tablet: TabletId
): ReadonlyArray<string> =>
  everywhere
    .filter((place) => !replicas.some((replica) => sameReplica(replica, place)))
    .filter(({ node, shard }) => rowsOn(dumps.get(node), shard, tablet).length > 0)
    .map(({ node, shard }) => `${node}.${shard} has data of ${tablet}, which is not its own`)

/** What every node returns for a key must be the same, and what the clients were promised. */
const look = async (ground: Ground, clients: Clients, key: string): Promise<ReadonlyArray<string>> => {
  const seen = await Promise.all(ground.nodes.map(async (via) => [via, await clients.read(via, key)] as const))
  return seen.flatMap(([via, rows]) => {
    const why = rows === undefined ? "the read fails" : broken(clients.attempts, key, rows[0])
    return why === undefined ? [] : [`${key} read through ${via}: ${why}`]
  })
}

/** Why clients may not find this of a key, if they may not: no row at all where `found` is undefined. */
export const broken = (attempts: ReadonlyArray<Attempt>, key: string, found: Row | undefined): string | undefined => {
  const own = attempts.filter(({ row }) => row.key === key)
  const promised = own.findLast(({ acknowledged }) => acknowledged)?.row
  if (found === undefined) {
    const isGone = own.some(({ row }) => row.value === null && row.timestamp >= (promised?.timestamp ?? 0))
    return promised === undefined || isGone ? undefined : `nothing is found, and ${told(promised)} was acknowledged`
  }
  if (!own.some(({ row }) => row.timestamp === found.timestamp && row.value === found.value))
    return `${told(found)} is found, which nobody has written`
  if (promised === undefined || found.timestamp >= promised.timestamp) return undefined
  return promised.value === null
    ? `${told(found)} is back, which was deleted at ${promised.timestamp}`
    : `${told(found)} is found, and ${told(promised)} was acknowledged`
}

const told = ({ value, timestamp }: Row): string => `${value ?? "a deletion"} of ${timestamp}`
