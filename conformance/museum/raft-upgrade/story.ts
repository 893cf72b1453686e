/** What happens to a cluster in one part of the battery, and what is heard of it. */
import type { InjectionName } from "../../../impl/raft-upgrade/injections.ts"
import { Cluster, type ClusterOptions } from "../../../impl/raft-upgrade/node/local-cluster.ts"
import type { Law } from "../../../spec/law.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { upgradeLaws } from "../../../spec/raft-upgrade/laws.ts"
import type { Change } from "./mutant.ts"

/** It knows nothing of who is examined: what it waits for comes about with the reference. */
export interface Story {
  readonly name: string
  /** Assumptions that it does not keep to, so that what counts on them is not judged. */
  readonly without?: ReadonlyArray<string>
  /** The cluster that it begins with: three nodes that know nothing of group 0, unless told. */
  readonly cluster?: Pick<ClusterOptions, "nodes" | "knows" | "supports" | "fate">
  /** Begins with nodes that do not run yet. */
  readonly happens: (cluster: Cluster) => Promise<void>
  /** It is judged as it ends, and not when all is well again: whatever is wrong in it is no hindrance to anything. */
  readonly endsAsItIs?: boolean
}

/** What came of a story. */
export interface Told {
  readonly labels: ReadonlyArray<RaftUpgradeLabel>
  /** What nobody foresaw: a node that fails where it must not, or a story that does not go on. */
  readonly defects: ReadonlyArray<string>
}

/** How long a cluster has, in the end, to do what is left to be done. */
const restMs = 150_000

/** The laws that a story can be judged by. */
export const lawsOf = ({ without = [] }: Pick<Story, "without">): ReadonlyArray<Law<RaftUpgradeLabel>> =>
  upgradeLaws.filter((law) => law.modality !== "leadsTo" || !law.given.some((one) => without.includes(one)))

/** Tells a story of a cluster, and lets it come to rest: whoever waits then waits for ever. */
export const tell = async (story: Story, change: Change): Promise<Told> => {
  const cluster = await Cluster.start({ ...story.cluster, ...change })
  const stuck: unknown[] = []
  for (const part of story.endsAsItIs === true ? [story.happens] : [story.happens, rest])
    try {
      await part(cluster)
    } catch (error) {
      stuck.push(error)
    }
  return { labels: [...cluster.labels], defects: [...cluster.defects, ...stuck].map(String) }
}

/** Whoever is not gone for good is there again, everything arrives, and there is time for all. */
const rest = async (cluster: Cluster): Promise<void> => {
  cluster.heal()
  const gone = [...cluster.of("DeclaredLost"), ...cluster.of("LeftRing")].map(({ node }) => node)
  for (const name of cluster.names)
    if (cluster.member(name).life === undefined && !gone.includes(cluster.id(name))) await cluster.boot(name)
  await cluster.pass(restMs)
}

// ---- what stories are made of --------------------------------------------------------------------------------------------

export const bootAll = async (cluster: Cluster): Promise<void> => {
  for (const name of cluster.names) await cluster.boot(name)
}

/** All nodes run, and each is stopped at these places once it comes there. */
export const bootUpTo = async (cluster: Cluster, ...places: ReadonlyArray<InjectionName>): Promise<void> => {
  for (const name of cluster.names) for (const place of places) cluster.inject(name, place)
  await bootAll(cluster)
}

export const reached = async (
  cluster: Cluster,
  place: InjectionName,
  ...names: ReadonlyArray<string>
): Promise<void> => {
  for (const name of names) await cluster.until(() => cluster.member(name).injections.reached(place) > 0)
}

/** Whoever waits there, or would, does not any more. */
export const goesOn = (cluster: Cluster, place: InjectionName, ...names: ReadonlyArray<string>): void => {
  for (const name of names) cluster.member(name).injections.disable(place)
}

/** A client's schema change, and that it is over, however it ends. */
export const changes = async (cluster: Cluster, name: string, mutation: string): Promise<void> => {
  await cluster.outcome(cluster.change(name, mutation))
}

/** All of these use group 0. */
export const arrived = (cluster: Cluster, ...names: ReadonlyArray<string>): Promise<void> =>
  cluster.until(() => cluster.hasArrived(...names))
