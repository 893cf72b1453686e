/** What a node of the twin does with what it is asked for in a state, in the words of the table of permissions. */
import type { InjectionName } from "../../../impl/raft-upgrade/injections.ts"
import type { NodeAnswer, NodeRequest } from "../../../impl/raft-upgrade/network/network.ts"
import { Cluster } from "../../../impl/raft-upgrade/node/local-cluster.ts"
import { NodeId } from "../../../spec/metadata.ts"
import { Mutation, OperationId, StateId } from "../../../spec/raft-upgrade/ids.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { PermittedOperation } from "../../../spec/raft-upgrade/permissions.ts"
import { post, pre, recovery, synchronize, type UpgradeState } from "../../../spec/raft-upgrade/states.ts"

/** Who is asked. */
const node = "A"
/** Somebody else, who asks and pushes. */
const stranger = NodeId.make("X")
/** Long enough for whatever comes by itself. */
const longMs = 70_000

type Tag = RaftUpgradeLabel["_tag"]
type Of<T extends Tag> = Extract<RaftUpgradeLabel, { readonly _tag: T }>

/** What the node has told of a kind since it was in the state. */
type Told = <T extends Tag>(tag: T) => ReadonlyArray<Of<T>>

const beforeDryRun = "group0_upgrade_pause_before_dry_run"
const beforeDiscovery = "group0_upgrade_pause_before_discovery"
const beforeSynchronize = "group0_upgrade_pause_before_synchronize"
const asleep = "group0_upgrade_pause_in_synchronize"

/** Three nodes, of which those named stop at a place. */
const heldAt = async (place: InjectionName, ...names: ReadonlyArray<string>): Promise<Cluster> => {
  const cluster = await Cluster.start()
  for (const name of names) cluster.inject(name, place)
  for (const name of cluster.names) await cluster.boot(name)
  await cluster.pass(15_000)
  return cluster
}

const all = ["A", "B", "C"]

/** A cluster in which the node is in a state and stays there; in pre nobody has looked for the group yet. */
const standing = async (state: UpgradeState): Promise<Cluster> => {
  if (state === pre) return heldAt(beforeDryRun, ...all)
  if (state === synchronize) return heldAt(asleep, ...all)
  const cluster = await Cluster.running()
  await cluster.until(() => cluster.hasArrived(...all))
  if (state === post) return cluster
  await cluster.edit(node, { _tag: "WriteState", text: recovery })
  await cluster.restart(node)
  return cluster
}

const listening = (cluster: Cluster): Told => {
  const from = cluster.labels.length
  return <T extends Tag>(tag: T) =>
    cluster.labels
      .slice(from)
      .filter((label): label is Of<T> => label._tag === tag && "node" in label && label.node === node)
}

/** Asks a node for something as if it came from somebody else. */
const ask = (cluster: Cluster, request: NodeRequest, to = node): Promise<NodeAnswer> =>
  cluster.outcome(cluster.network.join(stranger).ask(NodeId.make(to), request))

const push = (cluster: Cluster, to: string, mutation: string): Promise<NodeAnswer> =>
  ask(cluster, { _tag: "DefinitionsUpdate", schema: [Mutation.make(mutation)] }, to)

const goOn = (cluster: Cluster, place: InjectionName): void => {
  for (const name of cluster.names) cluster.member(name).injections.disable(place)
}

// ---- schema ------------------------------------------------------------------------------------------------------------

const localChange = async (state: UpgradeState): Promise<string> => {
  const cluster = await standing(state)
  const injections = cluster.inject(node, "schema_change_pause_before_push")
  const told = listening(cluster)
  const began = cluster.clock.now()
  const change = cluster.change(node, "m")
  await cluster.flush()
  goOn(cluster, beforeDryRun)
  await cluster.pass(longMs)
  const stays = told("StateEntered").length === 0
  injections.disable("schema_change_pause_before_push")
  const outcome = await cluster.outcome(change)
  if (outcome._tag === "Refused") return `${await patience()} for post, then refused`
  const [path] = told("OperationBegan")
  if (path?.path === "group0") return "by group 0"
  await cluster.pass(longMs)
  const isFree = told("StateEntered").length > 0
  return `the old path${stays && isFree ? ", and the node stays in pre as long" : ""}`

  /** How long another change waits before it is refused. */
  async function patience(): Promise<string> {
    const start = Math.max(began, cluster.clock.now())
    await cluster.outcome(cluster.change(node, "n"))
    return `waits ${(cluster.clock.now() - start) / 1_000} s`
  }
}

const incomingPush = async (state: UpgradeState): Promise<string> => {
  const cluster = await standing(state)
  const told = listening(cluster)
  await push(cluster, node, "m")
  return told("SchemaIs").some(({ by }) => by === "push") ? "applied" : "not applied"
}

const ownPull = async (state: UpgradeState): Promise<string> => {
  const cluster = await standing(state)
  const told = listening(cluster)
  await push(cluster, "B", "m")
  await cluster.pass(longMs)
  return told("SchemaIs").some(({ by }) => by === "pull") ? "done" : "not any more"
}

const syncPull = async (state: UpgradeState): Promise<string> => {
  const cluster = await standing(state)
  const told = listening(cluster)
  await push(cluster, "B", "m")
  goOn(cluster, beforeDryRun)
  goOn(cluster, asleep)
  await cluster.pass(longMs)
  return told("SchemaIs").some(({ by }) => by === "sync") ? "done" : "never"
}

const command = async (state: UpgradeState): Promise<string> => {
  const cluster = state === pre ? await heldAt(beforeSynchronize, ...all) : await standing(state)
  const told = listening(cluster)
  const group = cluster.group(node)
  const life = cluster.member(node).life
  if (group === null || life === undefined) return "there is no group"
  const rows = (await life.store.rows(group)).value
  const { history } = life.store.data.value
  const entry = {
    _tag: "Commanded",
    by: NodeId.make("B"),
    operation: OperationId.make(99),
    command: { previous: history, next: StateId.make(99), mutation: Mutation.make("m") }
  } as const
  const entries = [{ index: rows.applied + 1, entry }]
  const answer = await ask(cluster, { _tag: "Append", append: { group, first: 1, holders: [], entries } })
  if (answer._tag === "Failed") return "no server"
  return told("CommandApplied").some(({ effective }) => effective) ? "applied" : "not applied"
}

// ---- who goes ----------------------------------------------------------------------------------------------------------

type GoingPart = "ring" | "group"

/** What becomes of a part of a decommission, and in pre also where somebody has looked for the group. */
const decommission =
  (part: GoingPart) =>
  async (state: UpgradeState): Promise<string> => {
    const first = await left(await standing(state), part)
    if (state !== pre) return first
    const later = await left(await heldAt(beforeSynchronize, ...all), part)
    return `${first}, but ${later} once anybody has looked for the group`
  }

const left = async (cluster: Cluster, part: GoingPart): Promise<string> => {
  const told = listening(cluster)
  let isOver = false
  void cluster
    .on(node)
    .operator.decommission()
    .then(() => {
      isOver = true
    })
  await cluster.pass(longMs)
  const isOff = told("LeftRing").length > 0
  const isOut = told("ReconfigurationEnded").some(({ purpose, failure }) => purpose === "leave" && failure === null)
  if (!isOver) return isOff || isOut ? "begun, and not over" : "waits for post"
  if (part === "ring") return isOff ? "done" : "left out"
  return isOut ? "done" : "left out"
}

// ---- questions ---------------------------------------------------------------------------------------------------------

const answerWords = { None: "nothing to tell", Peers: "whom it knows", Group: "the group" } as const

const askedForGroup = async (cluster: Cluster): Promise<string> => {
  const answer = await ask(cluster, { _tag: "PeerExchange", peers: [] })
  return answer._tag === "Exchanged" ? answerWords[answer.answer._tag] : answer._tag
}

const questionForGroup = async (state: UpgradeState): Promise<string> => {
  const first = await askedForGroup(await standing(state))
  if (state !== pre) return first
  const looking = await askedForGroup(await heldAt(beforeDiscovery, "B", "C"))
  const inIt = await askedForGroup(await heldAt(beforeSynchronize, ...all))
  return `${first}; ${looking}, as it looks; ${inIt}, as it is in it`
}

const questionHowFar = async (state: UpgradeState): Promise<string> => {
  const answer = await ask(await standing(state), { _tag: "GetUpgradeState" })
  return answer._tag === "State" ? answer.state : answer._tag
}

const newNode = async (state: UpgradeState): Promise<string> => {
  const cluster = await standing(state)
  await cluster.add("D", node)
  await cluster.pass(longMs)
  if (!cluster.of("GroupFound").some((label) => label.node === "D")) {
    goOn(cluster, beforeDryRun)
    await cluster.pass(longMs)
    return cluster.of("GroupFound").some((label) => label.node === "D") ? "waits until there is a group" : "waits"
  }
  const members = cluster.of("Reconfigured").at(-1)?.configuration.members ?? []
  const hasVote = members.some((member) => member.node === "D" && member.voter)
  if (cluster.state("D") !== post || !hasVote) return "is let in, and waits"
  return cluster.state(node) === post ? "is let in, arrives, and gets a vote" : "is let in, and may arrive before it"
}

/** How each row of the table is played. */
export const probes: Readonly<Record<PermittedOperation, (state: UpgradeState) => Promise<string>>> = {
  "a local schema change": localChange,
  "an incoming schema push": incomingPush,
  "a pull of its own, now and then": ownPull,
  "a pull by the synchronisation": syncPull,
  "a committed command of group 0": command,
  "a decommission: the ring": decommission("ring"),
  "a decommission: the group": decommission("group"),
  "a question for the group": questionForGroup,
  "a question how far it is": questionHowFar,
  "a new node that asks to be let in": newNode
}
