/** The ways in which a scope can be searched: all of it, within limits, with helpers, from a checkpoint, or at random. */
import { type Checkpoint, CheckpointRefused, identityOf } from "../../model/explorer/checkpoint.ts"
import type { Exploration, ExploreOptions } from "../../model/explorer/exploration.ts"
import { explore } from "../../model/explorer/explore.ts"
import { walk } from "../../model/explorer/walk.ts"
import type { Overrides, Scope } from "../../model/kernel/scope.ts"
import type { System } from "../../model/kernel/system.ts"
import { loadCheckpoint, saveCheckpoint } from "../explorer-io/checkpoint-file.ts"
import type { Source } from "../explorer-io/source.ts"
import { exploreInTeam } from "../explorer-io/team.ts"
import { walkInTeam } from "../explorer-io/walkers.ts"
import { count } from "../report/counts.ts"
import type { Label } from "../report/story.ts"
import { defaultSeed } from "./numbers.ts"
import { progressWords, type Watched } from "./progress-words.ts"
import { sampled } from "./sampled.ts"
import { sourceOf } from "./scope-system.ts"
import { scopeTokenText } from "./scope-token.ts"
import type { Shell } from "./shell.ts"
import { shown, UsageError } from "./usage-error.ts"

/** Whether anything was asked for that the pinned results do not speak of. */
export const isChanged = ({ variant, without }: Overrides): boolean =>
  Object.keys(variant).length > 0 || without.length > 0

/** Random walks instead of every state. */
export interface Walks {
  readonly walks: number
  readonly steps: number
  readonly seed: number
}

/** Where an exploration leaves what it needs to go on after a crash. */
export interface Safety {
  readonly path: string
  readonly every: number
  /** Go on from what is there. */
  readonly resume: boolean
}

/** How a search differs from a walk through every state with one thread. */
export interface Effort {
  readonly maxStates?: number | undefined
  readonly maxMemoryBytes?: number | undefined
  readonly workers: number
  readonly safety?: Safety | undefined
  readonly walks?: Walks | undefined
}

/** Searches one scope. */
export type Find = (scope: Scope<Label>, overrides: Overrides) => Promise<Exploration<Label>>

/** Explores every state. */
export const exhausted = (
  scope: Scope<Label>,
  overrides: Overrides,
  shell: Shell,
  more: ExploreOptions = {}
): Exploration<Label> => explore(scope.system(overrides), { ...watched(scope, overrides, shell, more.resume), ...more })

/** The search that an effort asks for. */
export const searchOf =
  (protocol: string, effort: Effort, shell: Shell): Find =>
  async (scope, overrides) => {
    if (scope.sample !== undefined && isWhole(effort)) {
      const { states, ...walks } = scope.sample
      const part = (some: Partial<Effort>) => searchOf(protocol, { ...effort, ...some }, shell)(scope, overrides)
      return sampled(
        () => part({ maxStates: states }),
        () => part({ walks: { ...walks, seed: defaultSeed } })
      )
    }
    // Built here first, so that a change which there is not is refused before anything starts.
    const system = scope.system(overrides)
    const source = sourceOf(protocol, scope.name, overrides)
    if (effort.walks !== undefined) return walked(scope.name, system, source, effort.walks, effort.workers, shell)
    const limits = limitsOf(effort)
    if (effort.workers > 1) {
      const options = { ...watched(scope, overrides, shell), ...limits }
      return (await exploreInTeam(source, effort.workers, options)) as Exploration<Label>
    }
    if (effort.safety === undefined) return exhausted(scope, overrides, shell, limits)
    const place = scopeTokenText({ protocol, scope: scope.name, law: "any", ...overrides })
    // The text of a function does not show the bounds that it closes over; the place does.
    const identity = `${identityOf(system)} ${place.replaceAll(/\s+/g, " ")}`
    return exhausted(scope, overrides, shell, { ...limits, ...safely(effort.safety, identity, shell) })
  }

const limitsOf = ({ maxStates, maxMemoryBytes }: Effort): ExploreOptions => ({
  ...(maxStates === undefined ? {} : { maxStates }),
  ...(maxMemoryBytes === undefined ? {} : { maxMemoryBytes })
})

const watched = (scope: Scope<Label>, overrides: Overrides, shell: Shell, resume?: Checkpoint): ExploreOptions => {
  const started = shell.now()
  const what: Watched = {
    name: scope.name,
    pinned: isChanged(overrides) ? undefined : scope.pinned.distinct,
    begun: resume && { states: resume.parents.length, expanded: resume.next }
  }
  return {
    interrupted: () => shell.interrupted(),
    progressEvery: 1 << 13,
    onProgress: (progress) => shell.progress(() => progressWords(what, progress, shell.now() - started))
  }
}

/** Whether all that there is was asked for. */
const isWhole = ({ maxStates, maxMemoryBytes, safety, walks }: Effort): boolean =>
  maxStates === undefined && maxMemoryBytes === undefined && safety === undefined && walks === undefined

const walked = async (
  name: string,
  system: System<Label>,
  source: Source,
  walks: Walks,
  workers: number,
  shell: Shell
): Promise<Exploration<Label>> => {
  let done = 0
  const show = (begun: number): void => shell.progress(() => `${name}: walk ${count(begun)} of ${count(walks.walks)}`)
  const interrupted = (): boolean => {
    if (workers === 1) show(++done)
    return shell.interrupted()
  }
  if (workers === 1) return walk(system, { ...walks, interrupted })
  return (await walkInTeam(source, workers, { ...walks, interrupted }, show)) as Exploration<Label>
}

const safely = ({ path, every, resume }: Safety, identity: string, shell: Shell): ExploreOptions => {
  const checkpoint = resume ? usable(path, () => loadCheckpoint(path, identity)) : undefined
  if (resume && checkpoint === undefined)
    shell.complain(`portcullis: there is no checkpoint ${shown(path)} yet; it starts from the beginning`)
  return {
    checkpointEvery: every,
    onCheckpoint: (saved) => usable(path, () => saveCheckpoint(path, saved, identity)),
    ...(checkpoint === undefined ? {} : { resume: checkpoint })
  }
}

/** Runs something on the file of a checkpoint; what is wrong with the file is for the user to put right. */
const usable = <A>(path: string, run: () => A): A => {
  try {
    return run()
  } catch (error) {
    if (error instanceof CheckpointRefused) throw new UsageError(`--checkpoint ${shown(path)}: ${error.message}`)
    if (error instanceof Error && "code" in error)
      throw new UsageError(`--checkpoint ${shown(path)} cannot be used: ${error.message}`)
    throw error
  }
}
