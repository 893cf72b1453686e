/** A story that begins in the middle: its first step is all that has been before, which is told by what came of it. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import { type Cluster, cluster } from "../../../spec/raft-upgrade/memories/cluster.ts"
import type { NodeFacts } from "../../../spec/raft-upgrade/memories/nodes.ts"
import { listed } from "../sessions/words.ts"
import { schemaWords, stateName } from "./upgrade-names.ts"

/** Whether one step has the beginnings of several nodes. */
export const isOpening = (labels: ReadonlyArray<RaftUpgradeLabel>): boolean =>
  labels.filter(({ _tag }) => _tag === "Booted").length > 1

/** Nodes that are in the same place, and where they are. */
interface Place {
  readonly nodes: ReadonlyArray<string>
  readonly facts: NodeFacts
}

/** Where everybody is once all of these have happened. */
export const placesAfter = (labels: ReadonlyArray<RaftUpgradeLabel>): ReadonlyArray<Place> => {
  const after = labels.reduce<Cluster>((memory, label) => cluster.on(memory, label), cluster.init)
  const places = new Map<string, Place>()
  for (const facts of after.nodes) {
    const { up, hasFiber, state, group, schema, history } = facts
    const key = JSON.stringify([up, hasFiber, state, group, schema, history])
    places.set(key, { nodes: [...(places.get(key)?.nodes ?? []), facts.node], facts })
  }
  return [...places.values()]
}

/** Where a node is: `in post, with group 1 and schema {a1}`. */
export const placeWords = ({ up, hasFiber, state, group, schema }: NodeFacts): string => {
  const has = [
    ...(group === null ? [] : [`group ${group}`]),
    ...(schema.length === 0 ? [] : [`schema ${schemaWords(schema)}`])
  ]
  const on = state === "use_pre_raft_procedures" || state === "synchronize" ? hasFiber : false
  return [
    `${up ? "" : "down, last "}in ${stateName[state]}`,
    ...(on ? ["on its way"] : []),
    ...(has.length === 0 ? [] : [`with ${listed(has)}`])
  ].join(", ")
}

/** All of it in a sentence. */
export const openingSentence = (labels: ReadonlyArray<RaftUpgradeLabel>): string =>
  `it has come to this: ${placesAfter(labels)
    .map(({ nodes, facts }) => `${listed(nodes)} ${nodes.length === 1 ? "is" : "are"} ${placeWords(facts)}`)
    .join("; ")}`
