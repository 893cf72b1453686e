/** What is known of each node: what is on its disk, what it goes by, and whom it takes for its peers. */
import type { NodeId } from "../../metadata.ts"
import type { GroupId, ServerId, StateId, Version } from "../ids.ts"
import type { RaftUpgradeLabel } from "../labels.ts"
import type { Configuration, Edit, PeerList, SchemaSet } from "../messages.ts"
import { recovery, type UpgradeState } from "../states.ts"

export interface NodeFacts {
  readonly node: NodeId
  readonly up: boolean
  /** What it goes by, or went by last. */
  readonly state: UpgradeState
  readonly isNormal: boolean
  readonly sawFeature: boolean
  /** A fiber of this life has set out for group 0. */
  readonly hasFiber: boolean
  /** It looks for the group, and has none. */
  readonly isLooking: boolean
  readonly peers: ReadonlyArray<NodeId>
  /** The group whose server runs here. */
  readonly serving: GroupId | null
  readonly learned: Configuration | null
  /** Who was in the group when this node made sure that all have come. */
  readonly gathered: ReadonlyArray<NodeId> | null
  // ---- on its disk
  readonly stored: string | null
  readonly group: GroupId | null
  readonly server: ServerId | null
  readonly discovery: PeerList
  readonly history: StateId | null
  readonly schema: SchemaSet
  readonly version: Version | null
  // ---- the operator
  /** The text of its state was written by hand since it began. */
  readonly isEdited: boolean
  /** It began in recovery, and in no other state since. */
  readonly isRecovering: boolean
  readonly isLost: boolean
  readonly hasLeft: boolean
}

export interface Nodes {
  /** By node. One is known from when it first began. */
  readonly nodes: ReadonlyArray<NodeFacts>
}

/** What is known of a node, if it ever began. */
export const factsOf = ({ nodes }: Nodes, node: NodeId): NodeFacts | undefined =>
  nodes.find((known) => known.node === node)

export const nobody: Nodes = { nodes: [] }

const unseen = (node: NodeId): NodeFacts => ({
  node,
  up: false,
  state: recovery,
  isNormal: false,
  sawFeature: false,
  hasFiber: false,
  isLooking: false,
  peers: [],
  serving: null,
  learned: null,
  gathered: null,
  stored: null,
  group: null,
  server: null,
  discovery: [],
  history: null,
  schema: [],
  version: null,
  isEdited: false,
  isRecovering: false,
  isLost: false,
  hasLeft: false
})

export const afterNodes = (before: Nodes, label: RaftUpgradeLabel): Nodes => {
  const change = changeOf(label)
  if (change === undefined) return { nodes: before.nodes }
  const { node, to } = change
  const facts = factsOf(before, node) ?? unseen(node)
  const others = before.nodes.filter((known) => known.node !== node)
  return { nodes: [...others, { ...facts, ...to(facts) }].sort((one, other) => (one.node < other.node ? -1 : 1)) }
}

interface FactsChange {
  readonly node: NodeId
  to(facts: NodeFacts): Partial<NodeFacts>
}

const changeOf = (label: RaftUpgradeLabel): FactsChange | undefined => {
  switch (label._tag) {
    case "Booted": {
      const { node, state, found } = label
      const { state: stored, ...onDisk } = found
      const isRecovering = state === recovery
      const fresh = { up: true, state, stored, ...onDisk, isEdited: false, isRecovering, ...forgotten }
      return { node, to: () => fresh }
    }
    case "Stopped":
    case "Crashed":
      return { node: label.node, to: () => ({ up: false, ...forgotten }) }
    case "BecameNormal":
      return { node: label.node, to: () => ({ isNormal: true }) }
    case "PeersKnown":
      return { node: label.node, to: () => ({ peers: label.peers }) }
    case "FeatureSeen":
      return { node: label.node, to: () => ({ sawFeature: true }) }
    case "FiberBegan":
      return { node: label.node, to: () => ({ hasFiber: true }) }
    case "StateStored":
      return { node: label.node, to: () => ({ stored: label.state }) }
    case "StateEntered":
      return { node: label.node, to: () => ({ state: label.state }) }
    case "StepEnded": {
      if (label.step !== "allJoined" && label.step !== "readBarrier") return undefined
      return { node: label.node, to: ({ learned }) => ({ gathered: learned?.members.map(({ node }) => node) ?? null }) }
    }
    case "DiscoveryBegan":
      return { node: label.node, to: () => ({ isLooking: true }) }
    case "ServerStored":
      return { node: label.node, to: () => ({ server: label.server }) }
    case "PeersStored":
      return { node: label.node, to: () => ({ discovery: label.peers }) }
    case "ServerStarted":
      return { node: label.node, to: () => ({ serving: label.group }) }
    case "GroupStored":
      return { node: label.node, to: () => ({ group: label.group, isLooking: false }) }
    case "ConfigurationLearned":
      return { node: label.node, to: () => ({ learned: label.configuration }) }
    case "CommandApplied":
      return label.effective ? { node: label.node, to: () => ({ history: label.next }) } : undefined
    case "SnapshotLoaded":
      return { node: label.node, to: () => ({ history: label.history }) }
    case "SchemaIs":
      return { node: label.node, to: () => ({ schema: label.schema, version: label.version }) }
    case "LeftRing":
      return { node: label.node, to: () => ({ hasLeft: true, isNormal: false }) }
    case "DeclaredLost":
      return { node: label.node, to: () => ({ isLost: true }) }
    case "Edited":
      return { node: label.node, to: () => edited(label.edit) }
    default:
      return undefined
  }
}

/** What a node does not know any more once it has ended. */
const forgotten = { hasFiber: false, isLooking: false, serving: null, learned: null, gathered: null } as const

const edited = (edit: Edit): Partial<NodeFacts> => {
  switch (edit._tag) {
    case "WriteState":
      return { stored: edit.text, isEdited: true }
    case "DeleteState":
      return { stored: null, isEdited: true }
    case "EraseGroup":
      return { group: null }
    case "EraseDiscovery":
      return { discovery: [] }
    case "EraseHistory":
      return { history: null }
    case "EraseServer":
      return { server: null }
  }
}
