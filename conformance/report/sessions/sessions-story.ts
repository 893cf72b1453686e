/** Stories of sessions, whatever they are about: a whole cluster or one registry. */
import type { StoryStep } from "../../../model/explorer/errors.ts"
import type { SessionsLabel } from "../../../spec/sessions/sessions-label.ts"
import type { Diagram } from "../diagram.ts"
import type { TextStyle } from "../text-diagram.ts"
import { clusterDiagram } from "./cluster-diagram.ts"
import { type Apart, type ClusterStory, clusterLines } from "./cluster-story.ts"
import { numberedLines } from "./numbered-lines.ts"
import { type RegistryStory, registryDiagram, registryLines } from "./registry-story.ts"

export type SessionsStory = ReadonlyArray<StoryStep<SessionsLabel>>

/** The story as numbered lines, and how many they are. */
export const sessionsText = (
  story: SessionsStory,
  apart: Apart,
  style: TextStyle
): { readonly text: string; readonly lines: number } => {
  const lines = isOfRegistry(story) ? registryLines(ofRegistry(story)) : clusterLines(ofCluster(story), apart)
  return { text: numberedLines(lines, style), lines: lines.length }
}

export const sessionsDiagram = (title: string, story: SessionsStory, apart: Apart): Diagram =>
  isOfRegistry(story) ? registryDiagram(title, ofRegistry(story)) : clusterDiagram(title, ofCluster(story), apart)

/** A system is the one or the other, so one label tells. */
const isOfRegistry = (story: SessionsStory): boolean =>
  story.some(({ labels }) => labels.some(({ _tag }) => _tag === "RegistryStep"))

const ofRegistry = (story: SessionsStory): RegistryStory =>
  story.map((step) => ({
    ...step,
    labels: step.labels.flatMap((label) => (label._tag === "RegistryStep" ? [label] : []))
  }))

const ofCluster = (story: SessionsStory): ClusterStory =>
  story.map((step) => ({
    ...step,
    labels: step.labels.flatMap((label) => (label._tag === "RegistryStep" ? [] : [label]))
  }))
