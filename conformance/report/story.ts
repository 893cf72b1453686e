/** A story of any protocol: what happened step by step, and how it is told in text and as a diagram. */
import type { StoryStep } from "../../model/explorer/errors.ts"
import { DcpLabel } from "../../spec/dcp/labels.ts"
import { DiscoveryLabel } from "../../spec/raft-upgrade/discovery/labels.ts"
import { RaftUpgradeLabel } from "../../spec/raft-upgrade/labels.ts"
import { ClusterLabel } from "../../spec/sessions/labels.ts"
import type { BuildingLabel } from "../../spec/view-building/building-label.ts"
import { ViewBuildingLabel } from "../../spec/view-building/labels.ts"
import { WorkerLabel } from "../../spec/view-building/worker/labels.ts"
import { type DcpStory, dcpDiagram } from "./dcp-story.ts"
import { type Diagram, stepsDrawn } from "./diagram.ts"
import { type UpgradeStory, type UpgradeStoryLabel, upgradeDiagram, upgradeText } from "./raft-upgrade/upgrade-story.ts"
import type { Apart } from "./sessions/cluster-story.ts"
import { isPartStep, type PartLabel } from "./sessions/part-label.ts"
import { maybeRoutine } from "./sessions/routine.ts"
import { type SessionsStory, sessionsDiagram, sessionsText } from "./sessions/sessions-story.ts"
import { renderText, type TextStyle } from "./text-diagram.ts"
import { type BuildingStory, buildingDiagram, buildingText } from "./view-building/building-story.ts"

/** What any step of any protocol looks like. */
export type Label = DcpLabel | PartLabel | BuildingLabel | UpgradeStoryLabel

export type Story = ReadonlyArray<StoryStep<Label>>

/** A story as a terminal shows it. */
export interface ToldStory {
  readonly text: string
  /** The last number that it shows. */
  readonly shown: number
  /** What has to be said where fewer things are shown than happened, such as `3 of them drawn`. */
  readonly remark?: string
}

/** The story in text: a diagram where few take part, sentences where many do. */
export const tellStory = (story: Story, style: TextStyle, apart: Apart = {}): ToldStory => {
  const total = story.length
  const inLines = toldInLines(story, style, apart)
  if (inLines !== undefined) {
    const { text, lines, shown } = inLines
    return { text, shown, ...(lines < shown ? { remark: `told in ${lines} lines` } : {}) }
  }
  const diagram = dcpDiagram("", ofDcp(story))
  const drawn = stepsDrawn(diagram)
  return {
    text: renderText(diagram, style),
    shown: drawn,
    ...(drawn < total ? { remark: `${drawn} of them drawn` } : {})
  }
}

/** A story that is told in sentences; undefined for one of DCP, which is drawn. */
const toldInLines = (story: Story, style: TextStyle, apart: Apart) => {
  if (isOfUpgrade(story)) return upgradeText(ofUpgrade(story), apart, style)
  if (isOfBuilding(story)) return buildingText(ofBuilding(story), style)
  return isOfSessions(story) ? sessionsText(ofSessions(story), apart, style) : undefined
}

/** The story as a diagram. */
export const storyDiagram = (title: string, story: Story, apart: Apart = {}): Diagram => {
  if (isOfUpgrade(story)) return upgradeDiagram(title, ofUpgrade(story))
  if (isOfBuilding(story)) return buildingDiagram(title, ofBuilding(story))
  return isOfSessions(story) ? sessionsDiagram(title, ofSessions(story), apart) : dcpDiagram(title, ofDcp(story))
}

/** Whether a label may be told together with others, unless a law needs it. */
export const mayShareLine = (label: Label): boolean =>
  !isDcp(label) &&
  !isUpgrade(label) &&
  !isBuilding(label) &&
  !isPartStep(label) &&
  label._tag !== "RegistryStep" &&
  maybeRoutine(label)

const isDcp = (label: Label): label is DcpLabel => label._tag in DcpLabel.cases

/** Nodes stop and time passes in the same words elsewhere: such a label is not taken for one of the way to group 0. */
const isUpgrade = (label: Label): label is Exclude<UpgradeStoryLabel, PartLabel | BuildingLabel> =>
  isOfOneNode(label) ||
  (label._tag in RaftUpgradeLabel.cases && label._tag !== "Stopped" && label._tag !== "Elapsed" && !("tablet" in label))

const isOfOneNode = (label: Label): label is Exclude<UpgradeStoryLabel, RaftUpgradeLabel> =>
  label._tag in DiscoveryLabel.cases || label._tag === "UpgradeNodeStep"

/** Both protocols elect, stop and start nodes in the same words; such a label is taken for one of sessions. */
const isBuilding = (label: Label): label is Exclude<BuildingLabel, PartLabel> =>
  isOfWorker(label) ||
  (label._tag in ViewBuildingLabel.cases &&
    (!(label._tag in ClusterLabel.cases) || "change" in label || "base" in label))

const isOfWorker = (label: Label): label is WorkerLabel => label._tag in WorkerLabel.cases

/** A story is of one protocol, so one label of its own tells. */
const isOfUpgrade = (story: Story): boolean => story.some(({ labels }) => labels.some(isUpgrade))

/** The same. */
const isOfBuilding = (story: Story): boolean => story.some(({ labels }) => labels.some(isBuilding))

/** A story is of one protocol, so one label tells. */
const isOfSessions = (story: Story): boolean => story.some(({ labels }) => labels.some((label) => !isDcp(label)))

const ofDcp = (story: Story): DcpStory => story.map((step) => ({ ...step, labels: step.labels.filter(isDcp) }))

const ofSessions = (story: Story): SessionsStory =>
  story.map((step) => ({ ...step, labels: step.labels.filter((label): label is PartLabel => !isDcp(label)) }))

const ofBuilding = (story: Story): BuildingStory =>
  story.map((step) => ({
    ...step,
    labels: step.labels.filter(
      (label): label is BuildingLabel => label._tag in ViewBuildingLabel.cases || isOfWorker(label)
    )
  }))

const ofUpgrade = (story: Story): UpgradeStory =>
  story.map((step) => ({
    ...step,
    labels: step.labels.filter(
      (label): label is UpgradeStoryLabel => label._tag in RaftUpgradeLabel.cases || isOfOneNode(label)
    )
  }))
