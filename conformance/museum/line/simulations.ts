/** Mutants that are whole systems: something of the model is another way, and is seen from outside, by every law. */
import type { Schema } from "effect"
import { type Bounds as PairBounds, small } from "../../../model/dcp/bounds.ts"
import { pair } from "../../../model/dcp/pair.ts"
import { beforeFix } from "../../../model/dcp/variants.ts"
import type { Bounds } from "../../../model/sessions/cluster/bounds.ts"
import { cluster } from "../../../model/sessions/cluster/cluster.ts"
import { reference, type Variant } from "../../../model/sessions/cluster/variant.ts"
import type { TopologyBounds } from "../../../model/sessions/topology/bounds.ts"
import { topologyOperations } from "../../../model/sessions/topology/topology-operations.ts"
import { reference as ring } from "../../../model/sessions/topology/variant.ts"
import { DcpLabel } from "../../../spec/dcp/labels.ts"
import { ClusterLabel } from "../../../spec/sessions/labels.ts"
import type { Line } from "../../remote/line.ts"
import { type Served, serve } from "../../remote/serve.ts"
import { type LearnedSystem, learn } from "../../remote/simulation/learn.ts"
import { simulated } from "../../remote/simulation/serve-simulation.ts"
import { memoryDialer } from "../../transport/memory-link.ts"
import type { Built } from "../built.ts"
import { kvFindings, kvPair } from "../dcp/exams/kv-agreement.ts"
import { mutants as dcpMutants } from "../dcp/mutants.ts"
import { face as faceCluster, mostStates } from "../sessions/cluster/judge.ts"
import { mutants as clusterMutants } from "../sessions/cluster/mutants.ts"
import { face as faceRing } from "../sessions/ring/museum.ts"
import { mutants as ringMutants } from "../sessions/ring/mutants.ts"
import { calling } from "./calling.ts"
import { alive, type Exhibit, type Found } from "./exhibit.ts"

/** Systems behind a line, each learned once. */
const built = <Bounds extends object, L>(
  line: Line,
  role: string,
  label: Schema.Codec<L, unknown>,
  seed: number
): Built<Bounds, L> => {
  const known = new Map<Bounds, Promise<LearnedSystem<L>>>()
  return async (bounds) => {
    const learning = known.get(bounds) ?? learn(line, { role, label, config: { bounds }, seed, mostStates })
    known.set(bounds, learning)
    const learned = await learning
    return (laws) => learned.judgedBy(laws)
  }
}

/** Lets go of a line, whatever came of it. */
const over = async (line: Line, look: (line: Line) => Promise<Found>): Promise<Found> => {
  try {
    return await look(line)
  } finally {
    await line.hangUp()
  }
}

// Bounds are plain data and are taken as they come, for it is the kit that tells them.

const clusterRole = "sessions/cluster-simulation"
const clusterOf = (name: string, variant: Variant): Served =>
  simulated(clusterRole, name, ClusterLabel, ({ bounds }) => cluster(variant, bounds as Bounds, []))
const model = calling(memoryDialer("the model", serve([clusterOf("the model", reference)])), "the model")

const clusters = clusterMutants.map((mutant): Exhibit => {
  const at = (line: Line, seed: number) => built<Bounds, ClusterLabel>(line, clusterRole, ClusterLabel, seed)
  return {
    protocol: "sessions",
    mutant,
    served: [clusterOf(mutant.id, { ...reference, ...mutant.change })],
    face: (call, seed) =>
      over(call(), (line) => faceCluster(mutant, { mutant: at(line, seed), model: at(model(), seed) }))
  }
})

const ringRole = "sessions/ring-simulation"

const rings = ringMutants.map((mutant): Exhibit => {
  const variant = { ...ring, ...mutant.change }
  return {
    protocol: "sessions",
    mutant,
    served: [
      simulated(ringRole, mutant.id, ClusterLabel, ({ bounds }) =>
        topologyOperations(variant, bounds as TopologyBounds, [])
      )
    ],
    face: (call, seed) => over(call(), (line) => faceRing(mutant, built(line, ringRole, ClusterLabel, seed)))
  }
})

const pairRole = "dcp/pair-simulation"

const kvs = dcpMutants.flatMap(({ subject: { kv }, ...mutant }): ReadonlyArray<Exhibit> => {
  if (kv === undefined) return []
  const { id, breaks } = mutant
  const face = async (line: Line, seed: number): Promise<Found> => {
    const system = (await built<PairBounds, DcpLabel>(line, pairRole, DcpLabel, seed)(small))(kvPair([]).laws)
    const findings = [...kvFindings(system)]
    const best = findings.find(({ law }) => law === breaks[0]) ?? findings[0]
    return best === undefined ? alive(id) : { id, verdict: "killed", ...best }
  }
  const of = ({ bounds }: { readonly [name: string]: unknown }) =>
    pair(beforeFix, { ...(bounds as PairBounds), losses: kv }, [])
  return [
    {
      protocol: "dcp",
      mutant,
      served: [simulated(pairRole, id, DcpLabel, of)],
      face: (call, seed) => over(call(), (line) => face(line, seed))
    }
  ]
})

export const simulations: ReadonlyArray<Exhibit> = [...kvs, ...clusters, ...rings]
