/** Stories of sessions, whatever they are about: a whole cluster, one of its roles, or one registry. */
import type { StoryStep } from "../../../model/explorer/errors.ts"
import type { Diagram } from "../diagram.ts"
import type { TextStyle } from "../text-diagram.ts"
import { clusterDiagram } from "./cluster-diagram.ts"
import { type Apart, type ClusterStory, clusterLines } from "./cluster-story.ts"
import type { Line } from "./line.ts"
import { numberedLines } from "./numbered-lines.ts"
import { isPartStep, type PartLabel } from "./part-label.ts"
import { partDiagram, partLines } from "./part-story.ts"
import { type RegistryStory, registryDiagram, registryLines } from "./registry-story.ts"

export type SessionsStory = ReadonlyArray<StoryStep<PartLabel>>

/** The story as numbered lines, how many they are, and the last number that they show. */
export const sessionsText = (
  story: SessionsStory,
  apart: Apart,
  style: TextStyle
): { readonly text: string; readonly lines: number; readonly shown: number } => {
  const lines = linesOf(story, apart)
  return { text: numberedLines(lines, style), lines: lines.length, shown: lines.at(-1)?.last ?? 0 }
}

const linesOf = (story: SessionsStory, apart: Apart): ReadonlyArray<Line<unknown>> => {
  if (isOfPart(story)) return partLines(story)
  return isOfRegistry(story) ? registryLines(ofRegistry(story)) : clusterLines(ofCluster(story), apart)
}

export const sessionsDiagram = (title: string, story: SessionsStory, apart: Apart): Diagram => {
  if (isOfPart(story)) return partDiagram(title, story)
  return isOfRegistry(story)
    ? registryDiagram(title, ofRegistry(story))
    : clusterDiagram(title, ofCluster(story), apart)
}

const isOfPart = (story: SessionsStory): boolean => story.some(({ labels }) => labels.some(isPartStep))

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
    labels: step.labels.flatMap((label) => (label._tag === "RegistryStep" || isPartStep(label) ? [] : [label]))
  }))
