/** One node that looks for group 0, for adapters in any language. */
import {
  bounded,
  type InputKind,
  inputKinds,
  inputsOf,
  roomy,
  small
} from "../../../model/raft-upgrade/discovery/one/bounds.ts"
import {
  asShipped,
  lately,
  latelyAsShipped,
  type OneDesign,
  reference
} from "../../../model/raft-upgrade/discovery/one/design.ts"
import type { DiscoveryLabel } from "../../../spec/raft-upgrade/discovery/labels.ts"
import { discoveryRoleLaws } from "../../../spec/raft-upgrade/discovery/laws.ts"
import { DiscoveryInput, DiscoveryOutput } from "../../../spec/raft-upgrade/discovery/messages.ts"
import { discoveryGraph, discoveryTourGraph } from "../../kit/raft-upgrade/discovery-ground.ts"
import { afterStep, emptyHands } from "../../kit/raft-upgrade/discovery-hands.ts"
import { discoveryPart } from "../../kit/raft-upgrade/discovery-part.ts"
import { isDied, isStrange } from "../../kit/role-under-test.ts"
import type { RemoteRole, RemoteVariant } from "../remote-role.ts"
import { choosing } from "./choosing.ts"

type Discovery = RemoteRole<DiscoveryLabel, DiscoveryInput, DiscoveryOutput, never>

const variant = (
  name: string,
  design: OneDesign
): RemoteVariant<DiscoveryLabel, DiscoveryInput, DiscoveryOutput, never> => ({
  name,
  // Among few nodes stories come to their end; among many, whatever is rare comes soon.
  walks: [small, roomy].map((bounds) => () => discoveryGraph(design, bounds)),
  bounded: () => discoveryTourGraph(design, bounded)
})

/** A node that falls all the time, or finds a group at once, has never looked. */
const rare: ReadonlySet<InputKind> = new Set(["Falls", "AnsweredWithGroup"])
const usually = 8

const weighted = inputKinds.flatMap((kind) => Array.from({ length: rare.has(kind) ? 1 : usually }, () => kind))

export const discoveryRole: Discovery = {
  role: discoveryPart.role,
  input: DiscoveryInput,
  output: DiscoveryOutput,
  shown: undefined,
  part: discoveryPart,
  labels: (input, { outputs }) => [
    {
      _tag: "DiscoveryStep",
      input,
      outputs: outputs.flatMap((output) => (isDied(output) || isStrange(output) ? [] : [output]))
    }
  ],
  isLast: isDied,
  mayDie: false,
  laws: discoveryRoleLaws,
  environment: choosing<typeof emptyHands, DiscoveryLabel, DiscoveryInput>({
    init: emptyHands,
    on: afterStep,
    kinds: (hands) => weighted.map((kind) => inputsOf(kind, hands, roomy))
  }),
  variants: [
    variant("reference", reference),
    variant("asShipped", asShipped),
    variant("lately", lately),
    variant("latelyAsShipped", latelyAsShipped)
  ],
  vectors: {
    paths: () => discoveryTourGraph(lately, small),
    variant: "reference",
    told: () => discoveryTourGraph(reference, small)
  }
}
