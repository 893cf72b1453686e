/** Tours that were taken to the end: of which role, how many transitions, and where that is seen again. */

/** A tour of every transition of a bounded role, with no divergence. */
export interface Toured {
  readonly protocol: string
  /** Such as `consumer connection`. */
  readonly role: string
  readonly transitions: number
  /** The test that takes it each time; absent where it takes minutes, and was taken by `check --role --tour` once. */
  readonly test?: string
}

const dcpVectors = "conformance/cli/judge.test.ts"

export const tours: ReadonlyArray<Toured> = [
  {
    protocol: "dcp",
    role: "consumer connection",
    transitions: 2_140,
    test: "conformance/kit/dcp/consumer-tour.test.ts"
  },
  { protocol: "dcp", role: "producer connection", transitions: 508, test: dcpVectors },
  { protocol: "dcp", role: "replicator", transitions: 41, test: dcpVectors },
  { protocol: "dcp", role: "replication manager", transitions: 111, test: dcpVectors },
  { protocol: "dcp", role: "codec", transitions: 9, test: dcpVectors },
  {
    protocol: "sessions",
    role: "registry",
    transitions: 58_864,
    test: "conformance/kit/sessions/registry-part.test.ts"
  },
  { protocol: "view-building", role: "worker", transitions: 55_040 },
  {
    protocol: "view-building",
    role: "coordinator",
    transitions: 1_509,
    test: "conformance/kit/view-building/cluster/coordinator.test.ts"
  },
  {
    protocol: "raft-upgrade",
    role: "discovery",
    transitions: 4_143,
    test: "conformance/kit/raft-upgrade/discovery-part.test.ts"
  },
  { protocol: "raft-upgrade", role: "discovery among four", transitions: 131_475 },
  {
    protocol: "raft-upgrade",
    role: "node",
    transitions: 1_277,
    test: "conformance/kit/raft-upgrade/node-part.test.ts"
  },
  { protocol: "raft-upgrade", role: "node in recovery", transitions: 19_027 }
]
