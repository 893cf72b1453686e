/** Mutants that play roles for adapters: checked as anybody's implementation is. */

import { codecAdapter } from "../../adapters/dcp-codec.ts"
import { consumerAdapter } from "../../adapters/dcp-consumer.ts"
import { managerAdapter } from "../../adapters/dcp-manager.ts"
import { producerAdapter } from "../../adapters/dcp-producer.ts"
import { replicatorAdapter } from "../../adapters/dcp-replicator.ts"
import type { Mutant } from "../../cli/museum-api.ts"
import type { Adapter } from "../../kit/role-under-test.ts"
import { checkRemote, type RemoteOptions } from "../../remote/check-remote.ts"
import type { Line } from "../../remote/line.ts"
import type { RemoteResult } from "../../remote/remote-result.ts"
import { entry, type RemoteRole, type RoleEntry } from "../../remote/remote-role.ts"
import { codecRole } from "../../remote/roles/codec.ts"
import { consumerConnectionRole } from "../../remote/roles/consumer-connection.ts"
import { producerConnectionRole } from "../../remote/roles/producer-connection.ts"
import { replicationManagerRole } from "../../remote/roles/replication-manager.ts"
import { replicatorRole } from "../../remote/roles/replicator.ts"
import { sessionRegistryRole } from "../../remote/roles/session-registry.ts"
import { type Served, served } from "../../remote/serve.ts"
import type { Label } from "../../report/story.ts"
import { mutants as dcpMutants } from "../dcp/mutants.ts"
import type { Subject } from "../dcp/subject.ts"
import { mutants as registryMutants } from "../sessions/mutants.ts"
import { registryAdapter } from "../sessions/registry-adapter.ts"
import { alive, type Exhibit, type Found } from "./exhibit.ts"

/** A role in which a mutant is not as the design that it is made from. */
export interface Played {
  readonly role: RoleEntry
  readonly variant: string
  readonly served: Served
}

const playing = <L extends Label, I, O extends { readonly _tag: string }, V>(
  role: RemoteRole<L, I, O, V>,
  adapter: Adapter<I, O, V>,
  variant = "reference"
): Played => ({ role: entry(role), variant, served: served(role, adapter) })

/** The parts of a subject, each in a role of its own. */
function* partsOf(id: string, { consumer, producer, replicator, manager, reader }: Subject): Generator<Played> {
  if (consumer !== undefined) {
    const adapter = consumerAdapter(id, (options) => new consumer(options))
    yield playing(consumerConnectionRole, adapter)
  }
  if (producer !== undefined) {
    const adapter = producerAdapter(id, (options) => new producer(options))
    yield playing(producerConnectionRole, adapter)
  }
  if (replicator !== undefined) yield playing(replicatorRole, replicatorAdapter(id, replicator))
  if (manager !== undefined) {
    const adapter = managerAdapter(id, (options) => new manager(options))
    yield playing(replicationManagerRole, adapter)
  }
  if (reader !== undefined) yield playing(codecRole, codecAdapter(id, reader))
}

/** A mutant, with every role that it plays otherwise than its design. */
interface Cast {
  readonly protocol: string
  readonly mutant: Mutant
  readonly plays: ReadonlyArray<Played>
}

const dcp = dcpMutants.flatMap(({ subject, ...mutant }): ReadonlyArray<Cast> => {
  const plays = [...partsOf(mutant.id, subject)]
  return plays.length === 0 ? [] : [{ protocol: "dcp", mutant, plays }]
})

const sessions = registryMutants.map(({ subject: Subject, ...mutant }): Cast => {
  const adapter = registryAdapter(mutant.id, () => new Subject())
  return { protocol: "sessions", mutant, plays: [playing(sessionRegistryRole, adapter, "inCreationOrder")] }
})

export const casts: ReadonlyArray<Cast> = [...dcp, ...sessions]

export const roleExhibits: ReadonlyArray<Exhibit> = casts.map(({ protocol, mutant, plays }) => ({
  protocol,
  mutant,
  served: plays.map(({ served }) => served),
  face: (call, seed) => face(mutant, plays, call, seed)
}))

/** Checks, from the quick to the complete, the same for everybody. */
const checks: ReadonlyArray<Pick<RemoteOptions, "runs" | "tour">> = [
  { runs: 60, tour: false },
  { runs: 300, tour: false },
  { runs: 1_500, tour: true }
]

/** Goes on until something is found: other than the battery, a check of somebody's adapter does not know what to look for. */
const face = async (
  { id, breaks }: Mutant,
  plays: ReadonlyArray<Played>,
  call: () => Line,
  seed: number
): Promise<Found> => {
  for (const { runs, tour } of checks)
    for (const { role: entry, variant } of plays) {
      const found = await entry.open(async (role): Promise<Found | undefined> => {
        const quiet = { interrupted: () => false, onProgress: () => undefined }
        return resultOf(id, breaks, await checkRemote(role, call(), { seed, runs, tour, variant, ...quiet }))
      })
      if (found !== undefined) return found
    }
  return alive(id)
}

/** What a check has against a mutant: a law, the one that it is named for first, or that it is unlike its model, or its adapter. */
const resultOf = <L, O>(
  id: string,
  breaks: ReadonlyArray<string>,
  { broken, variants, tour, trouble }: RemoteResult<L, O>
): Found | undefined => {
  const law =
    breaks.map((named) => broken.find((one) => one.law === named)).find((one) => one !== undefined) ?? broken[0]
  if (law !== undefined)
    return { id, verdict: "killed", law: law.law, by: `law ${law.law}`, length: law.labels.length, what: law.why }
  const unlike = variants.find(({ divergence }) => divergence !== undefined)?.divergence ?? tour?.divergence
  if (unlike !== undefined) {
    const { told, story, input, brokenLaws } = unlike
    const what = `at ${input}: due [${told.expected.join("; ")}], came [${told.actual.join("; ")}]`
    const [first] = brokenLaws
    const by = first === undefined ? "divergence" : `law ${first.law} at a divergence`
    return { id, verdict: "killed", law: first?.law ?? null, by, length: story.length, what }
  }
  if (trouble === undefined) return undefined
  // Nothing was seen of the mutant then.
  return { ...alive(id), by: "adapter trouble", what: trouble.split("\n")[0] ?? "" }
}
