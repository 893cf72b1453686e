/** Stories of the way to group 0: line by line, and as a diagram of the operator, clients, nodes and the group. */
import type { StoryStep } from "../../../model/explorer/errors.ts"
import type { NodeLabel, UpgradeNodeStep } from "../../../model/raft-upgrade/node/words.ts"
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { UpgradeLabel } from "../../../spec/raft-upgrade/upgrade-label.ts"
import { describeCall, describeNodeInput } from "../../kit/raft-upgrade/node-words.ts"
import { type Diagram, death, diagram, type Lane, lanesOf, message, note, type Occurrence } from "../diagram.ts"
import type { Apart } from "../sessions/cluster-story.ts"
import { linesOf } from "../sessions/line.ts"
import { numberedLines } from "../sessions/numbered-lines.ts"
import type { TextStyle } from "../text-diagram.ts"
import { discoveryDiagram, discoverySentence, isDiscoveryStep } from "./discovery-story.ts"
import { isOpening, openingSentence, placesAfter, placeWords } from "./opening.ts"
import { sentenceOf } from "./said.ts"
import { editWords, membersWords, schemaWords, stateName, wish } from "./upgrade-names.ts"
import { saidOf } from "./upgrade-words.ts"

/** What a story of the way to group 0 may tell of: a cluster, or one node in one of its roles. */
export type UpgradeStoryLabel = UpgradeLabel | NodeLabel

export type UpgradeStory = ReadonlyArray<StoryStep<UpgradeStoryLabel>>

/** The story as numbered lines, how many they are, and the last number that they show. */
export const upgradeText = (
  story: UpgradeStory,
  { cut }: Apart,
  style: TextStyle
): { readonly text: string; readonly lines: number; readonly shown: number } => {
  const told = (labels: ReadonlyArray<UpgradeStoryLabel>): string => {
    const discovery = labels.find(isDiscoveryStep)
    if (discovery !== undefined) return discoverySentence(discovery)
    const said = stepWords(ofCluster(labels))
    const step = labels.find(isNodeStep)
    return step === undefined ? said : nodeSentence(step, said)
  }
  const sentences = story.map((step) => ({ step, text: told(step.labels), routine: false }))
  const lines = linesOf(sentences, told, cut)
  return { text: numberedLines(lines, style), lines: lines.length, shown: lines.at(-1)?.last ?? 0 }
}

const stepWords = (labels: ReadonlyArray<RaftUpgradeLabel>): string =>
  isOpening(labels) ? openingSentence(labels) : sentenceOf(once(labels).map(saidOf))

const ofCluster = (labels: ReadonlyArray<UpgradeStoryLabel>): ReadonlyArray<RaftUpgradeLabel> =>
  labels.filter((label): label is RaftUpgradeLabel => !isDiscoveryStep(label) && !isNodeStep(label))

const isNodeStep = (label: UpgradeStoryLabel): label is UpgradeNodeStep => label._tag === "UpgradeNodeStep"

/** What happens to a node alone, and what it does about that: `it is time to try again: asks C how far it is`. */
const nodeSentence = ({ input, calls }: UpgradeNodeStep, said: string): string => {
  const does = [said, ...calls.map(describeCall)].filter((words) => words !== "").join("; ")
  return `${describeNodeInput(input)}: ${does === "" ? "nothing" : does}`
}

/** What one tells and the other hears in the same step is said once. */
const once = (labels: ReadonlyArray<RaftUpgradeLabel>): ReadonlyArray<RaftUpgradeLabel> =>
  labels.filter((label) => {
    if (label._tag === "StateHeard")
      return !labels.some((other) => other._tag === "StateTold" && other.node === label.of)
    if (label._tag === "ExchangeHeard")
      return !labels.some((other) => other._tag === "ExchangeAnswered" && other.node === label.of)
    return true
  })

const operator: Lane = { id: "operator", title: "operator" }
const clients: Lane = { id: "clients", title: "clients" }
const groupZero: Lane = { id: "group 0", title: "group 0" }

/** The story as a diagram. Lanes beside the nodes are there where something happens on them. */
export const upgradeDiagram = (title: string, story: UpgradeStory): Diagram => {
  if (story.some(({ labels }) => labels.some(isDiscoveryStep))) return discoveryDiagram(title, story)
  const steps = story.map(({ labels }) => stepDrawn(ofCluster(labels)))
  const seen = new Set(steps.flat().flatMap(lanesOf))
  const nodes = [...seen].filter((id) => ![operator, clients, groupZero].some((lane) => lane.id === id)).sort()
  const lanes = [operator, clients, ...nodes.map((id): Lane => ({ id, title: id })), groupZero]
  return diagram(
    title,
    lanes.filter(({ id }) => seen.has(id)),
    steps
  )
}

const stepDrawn = (labels: ReadonlyArray<RaftUpgradeLabel>): ReadonlyArray<Occurrence> =>
  isOpening(labels)
    ? placesAfter(labels).flatMap(({ nodes, facts }) => nodes.map((node) => note([node], placeWords(facts))))
    : once(labels).flatMap(drawn)

/** A label as it is drawn: what one says to another is a message, and what somebody does by himself is a note. */
const drawn = (label: RaftUpgradeLabel): ReadonlyArray<Occurrence> => {
  const { does } = saidOf(label)
  switch (label._tag) {
    case "ServerStored":
    case "BecameNormal":
    case "StorageMade":
    case "Elapsed":
      return []
    case "Booted":
      return [note([label.node], `begins in ${stateName[label.state]}`)]
    case "Stopped":
      return [death(label.node, does)]
    case "StateTold":
      return [message(label.node, label.to, `in ${stateName[label.state]}`)]
    case "StateHeard":
      return [note([label.node], does)]
    case "VersionHeard":
      return label.version === null
        ? [note([label.node], does)]
        : [message(label.of, label.node, `schema ${label.version || "{}"}`)]
    case "ExchangeAsked":
      return [message(label.node, label.to, label.peers.length === 0 ? "which group?" : "whom do you know?")]
    case "ExchangeAnswered":
      return [message(label.node, label.to, answerInShort(label.answer))]
    case "ReconfigurationAsked":
      return [
        message(
          label.node,
          label.via === label.node ? groupZero.id : label.via,
          wish(label.purpose, label.node, label.of, "it")
        )
      ]
    case "Reconfigured":
      return [note([groupZero.id], `${label.group}: ${membersWords(label.configuration)}`)]
    case "OperationBegan":
      return [
        message(clients.id, label.node, `${label.mutation} (${label.path === "old" ? "old path" : "by group 0"})`)
      ]
    case "OperationRefused":
      return [message(label.node, clients.id, `refused: ${label.reason}`)]
    case "OperationEnded":
      return [message(label.node, clients.id, "done")]
    case "PushSent":
      return [message(label.node, label.to, schemaWords(label.schema), "dashed")]
    case "CommandCommitted":
      return [message(label.by, groupZero.id, `command ${label.next}: ${label.mutation}`)]
    case "CommandApplied":
      return [message(groupZero.id, label.node, `command ${label.next}${label.effective ? "" : " (no effect)"}`)]
    case "LeftRing":
      return [note([label.node], label.by === label.node ? does : `is taken off the ring by ${label.by}`)]
    case "DeclaredLost":
      return [note([operator.id], `${label.node} is dead`)]
    case "Edited":
      return [message(operator.id, label.node, editWords(label.edit, label.node))]
    default:
      return [note([label.node], does)]
  }
}

const answerInShort = (answer: Extract<RaftUpgradeLabel, { _tag: "ExchangeAnswered" }>["answer"]): string => {
  switch (answer._tag) {
    case "None":
      return "nothing"
    case "Peers":
      return `I know ${answer.peers.map(({ node }) => node).join(", ") || "nobody"}`
    case "Group":
      return `group ${answer.group}`
  }
}
