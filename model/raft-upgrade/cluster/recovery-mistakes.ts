/** What each mistake in the recipe breaks: every one is a scope of its own, seen to its end. Source: dossier `raft-upgrade.md` 3. */
import type { RaftUpgradeLabel } from "../../../spec/raft-upgrade/labels.ts"
import type { Scope } from "../../kernel/scope.ts"
import type { Plan } from "../planned.ts"
import type { UpgradeBounds } from "./bounds.ts"
import { mistakesWith } from "./mistakes.ts"
import type { Survivors } from "./recipe.ts"
import { majorityLost, stuck } from "./recovering.ts"
import { scope } from "./scope.ts"
import type { UpgradeVariant } from "./variant.ts"

/** How a scope comes out. Laws are named without `RU-`, with the steps of their shortest stories. */
type Found = Pick<Plan<UpgradeVariant, UpgradeBounds>, "pinned" | "mustFail">

interface Judged {
  /** Where a majority is lost of a cluster that uses group 0. */
  readonly majorityLost: Found
  /** Where one is lost for which the others wait in synchronize. */
  readonly stuck: Found
  /** As the first, by one who looks what state nodes are in before he goes on: where he finds out that something is wrong. */
  readonly noticed?: Found
}

const judged: Readonly<Record<string, Judged>> = {
  "without.WriteState": {
    majorityLost: { pinned: [1_399, 3_162, 66], mustFail: { S1: 36, S2: 29, V4: 33, V9: 33 } },
    stuck: { pinned: [778, 1_554, 54], mustFail: { S1: 32, S2: 25, V4: 29, V9: 29 } },
    noticed: { pinned: [23, 26, 12] }
  },
  "without.restartIntoRecovery": {
    majorityLost: { pinned: [1_395, 3_159, 64], mustFail: { S1: 34, S2: 27, V4: 31, V9: 31 } },
    stuck: { pinned: [589, 1_150, 52], mustFail: { S1: 30, S2: 23, V4: 27, V9: 27 } },
    noticed: { pinned: [19, 23, 10] }
  },
  "without.removeLost": {
    majorityLost: { pinned: [61, 73, 26], mustFail: { V4: 25 } },
    stuck: { pinned: [45, 65, 24], mustFail: { V4: 24 } }
  },
  "without.EraseDiscovery": {
    majorityLost: { pinned: [85, 109, 33], mustFail: { S16: 27, V7: 32, V9: 32 } },
    stuck: { pinned: [54, 80, 28], mustFail: { S16: 23, V7: 28, V9: 28 } }
  },
  "without.EraseHistory": {
    majorityLost: { pinned: [760, 1_679, 65], mustFail: { S12: 54, S16: 27, S1: 34, S4: 33 } },
    stuck: { pinned: [276, 546, 52] }
  },
  "without.EraseGroup": {
    majorityLost: { pinned: [115, 161, 37], mustFail: { S16: 27, V7: 36, V9: 36 } },
    stuck: { pinned: [102, 165, 39], mustFail: { S16: 23, V7: 39 } }
  },
  "without.DeleteState": {
    majorityLost: { pinned: [73, 91, 31], mustFail: { V4: 30, V9: 30 } },
    stuck: { pinned: [48, 71, 26], mustFail: { V4: 26, V9: 26 } }
  },
  "without.restartOutOfRecovery": {
    majorityLost: { pinned: [59, 65, 30], mustFail: { V4: 29, V9: 29 } },
    stuck: { pinned: [41, 58, 25], mustFail: { V4: 25, V9: 25 } }
  },
  "early.restartIntoRecovery": {
    majorityLost: { pinned: [1_401, 3_167, 67], mustFail: { S1: 37, S2: 30, V4: 34, V9: 34 } },
    stuck: { pinned: [785, 1_570, 55], mustFail: { S1: 33, S2: 26, V4: 30, V9: 30 } },
    noticed: { pinned: [25, 31, 13] }
  },
  "early.removeLost": {
    majorityLost: { pinned: [15, 21, 8] },
    stuck: { pinned: [21, 38, 7] },
    noticed: { pinned: [11, 15, 6] }
  },
  "early.EraseDiscovery": {
    majorityLost: { pinned: [735, 1_630, 65] },
    stuck: { pinned: [277, 547, 53] }
  },
  "early.EraseHistory": {
    majorityLost: { pinned: [735, 1_630, 65] },
    stuck: { pinned: [277, 547, 53] }
  },
  "early.EraseGroup": {
    majorityLost: { pinned: [735, 1_630, 65] },
    stuck: { pinned: [277, 547, 53] }
  },
  "early.DeleteState": {
    majorityLost: { pinned: [735, 1_630, 65] },
    stuck: { pinned: [277, 547, 53] }
  },
  "early.restartOutOfRecovery": {
    majorityLost: { pinned: [745, 1_646, 65], mustFail: { V4: 31, V9: 31 } },
    stuck: { pinned: [282, 555, 53], mustFail: { V4: 27, V9: 27 } }
  },
  "early.erasures": {
    majorityLost: { pinned: [735, 1_630, 65] },
    stuck: { pinned: [285, 555, 53] },
    noticed: { pinned: [21, 25, 11] }
  },
  aheadInErasing: {
    majorityLost: { pinned: [735, 1_629, 65] },
    stuck: { pinned: [281, 547, 53] },
    noticed: { pinned: [17, 20, 9] }
  },
  aheadInLeaving: {
    majorityLost: { pinned: [1_419, 3_219, 65], mustFail: { S1: 35, S4: 34 } },
    stuck: { pinned: [517, 1_048, 53], mustFail: { S1: 31, S4: 30 } }
  },
  oneByOne: {
    majorityLost: { pinned: [2_139, 4_849, 67], mustFail: { S1: 35, S4: 34, V7: 34, V9: 34 } },
    stuck: { pinned: [911, 1_796, 55], mustFail: { S1: 31, S4: 30, V7: 30, V9: 30 } },
    noticed: { pinned: [17, 20, 9] }
  }
}

/** A mistake in the recipe, and what comes of it. */
export interface RecoveryMistake {
  readonly name: string
  /** What the operator does, in words, where the majority was lost. */
  readonly about: string
  /** Laws that it breaks there, and where the others wait in synchronize; none where it does no harm. */
  readonly majorityLost: ReadonlyArray<string>
  readonly stuck: ReadonlyArray<string>
  /** Whether he finds out who looks what state nodes are in before he removes the lost ones (R3). */
  readonly isNoticed: boolean
}

const lawsOf = ({ mustFail = {} }: Found): ReadonlyArray<string> => Object.keys(mustFail).map((law) => `RU-${law}`)

const judgedAs = (name: string): Judged => {
  const known = judged[name]
  if (known === undefined) throw new TypeError(`nobody has judged the mistake ${name}`)
  return known
}

/** Every mistake there is to make about the recipe, each step of which may be forgotten or come too early. */
export const recoveryMistakes: ReadonlyArray<RecoveryMistake> = mistakesWith(majorityLost.survivors, false).map(
  ({ name, about }) => {
    const known = judgedAs(name)
    return {
      name,
      about,
      majorityLost: lawsOf(known.majorityLost),
      stuck: lawsOf(known.stuck),
      isNoticed: known.noticed !== undefined
    }
  }
)

interface Lost {
  readonly survivors: Survivors
  readonly bounds: Partial<UpgradeBounds>
}

const mistakenScopes = (
  { survivors, bounds }: Lost,
  confirms: boolean,
  named: (name: string) => string,
  foundOf: (known: Judged) => Found | undefined
): ReadonlyArray<Scope<RaftUpgradeLabel>> =>
  mistakesWith(survivors, confirms).flatMap(({ name, about, orders }) => {
    const found = foundOf(judgedAs(name))
    return found === undefined ? [] : [scope(named(name), { about, bounds: { ...bounds, orders }, ...found })]
  })

const committing: Lost = { ...majorityLost, bounds: { ...majorityLost.bounds, group0: ["C"] } }

export const mistakeScopes: ReadonlyArray<Scope<RaftUpgradeLabel>> = [
  ...mistakenScopes(
    committing,
    false,
    (name) => `recovery.${name}`,
    (known) => known.majorityLost
  ),
  ...mistakenScopes(
    stuck,
    false,
    (name) => `recovery.stuck.${name}`,
    (known) => known.stuck
  ),
  ...mistakenScopes(
    committing,
    true,
    (name) => `recovery.noticed.${name}`,
    (known) => known.noticed
  )
]
