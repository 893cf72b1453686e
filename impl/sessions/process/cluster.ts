import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Committer } from "../../../spec/sessions/messages.ts"
import type { Metadata, NodeId } from "../../../spec/sessions/metadata.ts"
import { type ClusterKind, type ClusterOptions, ProcessCluster } from "../../group0/process-cluster.ts"
import { ControlAnswer, ControlCommand } from "../control.ts"
import { sessionsWords } from "../group0/group0.ts"
import type { NodeConfiguration } from "./configuration.ts"
import { sessionsJournal } from "./journal.ts"

interface SessionsOptions extends ClusterOptions<Metadata> {
  readonly shards: number
  /** The program of a node; the honest one, unless told. */
  readonly nodeMain?: URL
}

type SessionsKind = ClusterKind<ControlCommand, ControlAnswer, Metadata, Committer, ClusterLabel>

const kindOf = ({ shards, nodeMain }: SessionsOptions): SessionsKind => ({
  words: sessionsWords,
  journal: sessionsJournal,
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

/** A cluster of processes on this machine, whose nodes keep sessions. */
export type Cluster = ProcessCluster<ControlCommand, ControlAnswer, Metadata, Committer, ClusterLabel>

export const Cluster = {
  start: (options: SessionsOptions): Promise<Cluster> => ProcessCluster.start(kindOf(options), options)
}
