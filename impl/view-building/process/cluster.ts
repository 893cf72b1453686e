import type { NodeId } from "../../../spec/metadata.ts"
import { type ClusterKind, type ClusterOptions, ProcessCluster } from "../../group0/process-cluster.ts"
import { ControlAnswer, ControlCommand } from "../control.ts"
import { buildingWords, type Command, type Said } from "../group0/group0.ts"
import type { NodeConfiguration } from "./configuration.ts"
import { buildingJournal, type Told } from "./journal.ts"

interface BuildingOptions extends ClusterOptions<Said> {
  readonly shards: number
  /** The program of a node, where it is not the reference's. */
  readonly nodeMain?: URL
}

const kindOf = ({
  shards,
  nodeMain
}: BuildingOptions): ClusterKind<ControlCommand, ControlAnswer, Said, Command, Told> => ({
  words: buildingWords,
  journal: buildingJournal,
  command: ControlCommand,
  answer: ControlAnswer,
  nodeMain: nodeMain ?? new URL("./node-main.ts", import.meta.url),
  group0Main: new URL("./group0-main.ts", import.meta.url),
  configuration: ({ self, ...start }): NodeConfiguration => ({ self, shards, ...start }),
  addresses: (group0, nodes) => ({ _tag: "Addresses", group0, nodes }),
  shutdown: { _tag: "Shutdown" },
  stopped: (node: NodeId) => ({ _tag: "Stopped", node }),
  restarted: (node: NodeId) => ({ _tag: "Restarted", node })
})

/** A cluster of processes on this machine, whose nodes build views. */
export type Cluster = ProcessCluster<ControlCommand, ControlAnswer, Said, Command, Told>

export const Cluster = {
  start: (options: BuildingOptions): Promise<Cluster> => ProcessCluster.start(kindOf(options), options)
}
