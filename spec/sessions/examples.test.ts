// Goal: every law can be told from its absence. Method: each has a history that it accepts, and one that it refuses and says why.
import { describe, expect, test } from "vitest"
import { type Example, said } from "../example.test-support.ts"
import type { Law } from "../law.ts"
import { conditionExamples } from "./examples/conditions.test-support.ts"
import { groupZeroExamples } from "./examples/group-zero.test-support.ts"
import { groupExamples } from "./examples/groups.test-support.ts"
import { registryExamples } from "./examples/registry.test-support.ts"
import { requestExamples } from "./examples/requests.test-support.ts"
import { sessionExamples } from "./examples/sessions.test-support.ts"
import { topologyExamples } from "./examples/topology.test-support.ts"
import { waitingExamples } from "./examples/waiting.test-support.ts"
import type { ClusterLabel } from "./labels.ts"
import { topologyLaws } from "./laws/topology.ts"
import { clusterLaws } from "./laws.ts"
import type { RegistryLabel } from "./registry/labels.ts"
import { registryLaws } from "./registry/laws.ts"

const claims = <L>(group: string, laws: ReadonlyArray<Law<L>>, examples: ReadonlyArray<Example<L>>): void => {
  describe(`sessions: laws: examples: ${group}`, () => {
    for (const { law: number, after, fine, broken, why } of examples)
      test(`${number} accepts one end of a story, and refuses another: ${why}`, () => {
        const law = laws.find(({ id }) => id === `SES-${number}`)
        expect(law).toBeDefined()
        expect(said(law!, after, fine)).toBeUndefined()
        expect(said(law!, after, broken)).toBe(why)
      })

    test("every law has an example", () => {
      const known = new Set(examples.map(({ law }) => `SES-${law}`))
      expect(laws.filter(({ id }) => !known.has(id)).map(({ id }) => id)).toEqual([])
    })
  })
}

claims<ClusterLabel>("of a cluster", clusterLaws, [
  ...groupZeroExamples,
  ...sessionExamples,
  ...requestExamples,
  ...conditionExamples,
  ...groupExamples,
  ...waitingExamples
])
claims<ClusterLabel>("of the topology's session", topologyLaws, topologyExamples)
claims<RegistryLabel>("of one registry", registryLaws, registryExamples)
