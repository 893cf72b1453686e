/** The scopes of one session registry. Counts are pinned: whoever changes a rule sees what it changes here. */
import type { Law } from "../../../spec/law.ts"
import type { RegistryLabel } from "../../../spec/sessions/registry/labels.ts"
import { laws, registryLaws } from "../../../spec/sessions/registry/laws.ts"
import { type MustFail, type Scope, UnknownOverride } from "../../kernel/scope.ts"
import { everything, type RegistryBounds, registryAlone } from "./registry-alone.ts"
import { asShipped, inCreationOrder, type RegistryVariant, reference, varied } from "./variants.ts"

interface Plan {
  readonly about: string
  readonly variant?: RegistryVariant
  /** What differs from one session, two guards and two drains. */
  readonly bounds?: Partial<RegistryBounds>
  /** Laws judged here; without witnesses unless told. */
  readonly laws?: ReadonlyArray<Law<RegistryLabel>>
  readonly pinned: readonly [distinct: number, generated: number, depth: number]
  readonly mustFail?: Readonly<Record<string, number>>
}

const small: RegistryBounds = { sessions: 1, guards: 2, drains: 2, asks: everything }

const scope = (name: string, plan: Plan): Scope<RegistryLabel> => {
  const [distinct, generated, depth] = plan.pinned
  return {
    name,
    about: plan.about,
    pinned: { distinct, generated, depth },
    mustFail: Object.entries(plan.mustFail ?? {}).map(([law, length]): MustFail => ({ law: `SES-${law}`, length })),
    system: ({ variant, without }) => {
      const [stranger] = without
      if (stranger !== undefined)
        throw new UnknownOverride(`the registry assumes nothing, so there is no "${stranger}"`)
      const bounds = { ...small, ...plan.bounds }
      return registryAlone(varied(plan.variant ?? reference, variant), bounds, plan.laws ?? registryLaws)
    }
  }
}

/** A scope for a design that is wrong in one parameter. */
const wrong = (
  name: string,
  change: Partial<RegistryVariant>,
  about: string,
  pinned: Plan["pinned"],
  mustFail: Readonly<Record<string, number>>,
  bounds: Partial<RegistryBounds> = {}
): Scope<RegistryLabel> => scope(name, { about, variant: { ...reference, ...change }, bounds, pinned, mustFail })

const withoutSubscribers = everything.filter((kind) => kind !== "Subscribe" && kind !== "Move")

/** Scopes in which every law holds. */
const holding = [
  scope("oneSession", {
    about: "One session, the default one and the null one, two guards, two drains: everything that one can ask.",
    laws,
    pinned: [105, 1_019, 8]
  }),
  scope("twoSessions", {
    about: "Two sessions: one close meets both in any order, and one that is held keeps the other registered.",
    bounds: { sessions: 2 },
    laws,
    pinned: [4_522, 59_577, 24]
  }),
  scope("twoSessionsInOrder", {
    about: "The same in a registry that remembers the order of creation, which is one of the orders there are.",
    variant: inCreationOrder,
    bounds: { sessions: 2 },
    laws,
    pinned: [4_522, 58_865, 25]
  }),
  scope("threeGuards", {
    about: "Three guards in two sessions, and nobody subscribes.",
    bounds: { sessions: 2, guards: 3, asks: withoutSubscribers },
    pinned: [8_386, 122_645, 23]
  }),
  scope("threeSessions", {
    about: "Three sessions as the shipped registry has them, one drain: six orders in which one close may go.",
    variant: asShipped,
    bounds: { sessions: 3, drains: 1, asks: withoutSubscribers },
    pinned: [59_990, 1_094_262, 19]
  })
]

/** Scopes in which a design fails, and with which law and shortest story. */
const failing = [
  wrong(
    "entersAnyRegistered",
    { enter: "registered" },
    "M01: enter looks only whether the session is registered.",
    [134, 1_295, 10],
    { S2: 3, S3: 3, S7r: 3, L2r: 6 }
  ),
  wrong(
    "entersUnknown",
    { enter: "createsUnknown" },
    "M02: enter creates what it does not find, so that a stale permit is worth something after a drain.",
    [6_586, 64_473, 21],
    { S2: 7, S3: 1, S4: 8, S5: 6, S7r: 4, S12r: 1, S13: 3, S15: 8, L2r: 3 }
  ),
  wrong(
    "nullIsDefault",
    { nullSession: "default" },
    "M03: a forgotten id is taken for the default session.",
    [228, 2_163, 8],
    { S3: 1, S12r: 1, S15: 3 }
  ),
  wrong(
    "closesDefault",
    { defaultSession: "closed" },
    "M04: a close that spares nothing closes the default session too.",
    [238, 2_426, 10],
    { S3: 2, S13: 3, S15: 3, L2r: 3, L7: 2 }
  ),
  wrong(
    "drainsWithoutWaiting",
    { drainWaits: "nothing" },
    "M05: a drain forgets sessions that are still held.",
    [128, 1_242, 8],
    { S4: 4, S5: 4, S13: 5 }
  ),
  wrong(
    "drainsOpenToo",
    { drainWaits: "openToo" },
    "M06: a drain waits for open sessions, which is what sessions were invented to avoid.",
    [1_140, 10_634, 16],
    { L2r: 2 }
  ),
  wrong(
    "drainsOnlyNew",
    { drainTakes: "sinceLastDrain" },
    "M07: what began to close while the last drain was going on is on nobody's list.",
    [4_102, 54_085, 17],
    { S3: 10, S4: 9, S5: 9, S13: 10 },
    { sessions: 2 }
  ),
  wrong(
    "secondDrainReturns",
    { secondDrain: "returns" },
    "M08: a drain is over at once because another is going on.",
    [315, 3_090, 17],
    { S2: 10, S3: 7, S4: 5, S5: 5, S7r: 10, S13: 6, S15: 11, L2r: 13 }
  ),
  wrong(
    "createReopens",
    { createOnClosing: "reopens" },
    "M09: create reopens a session that is closing.",
    [625, 5_792, 19],
    { S2: 4, S3: 4, S4: 5, S5: 5, S7r: 4, S13: 5, S15: 5, L2r: 7 }
  ),
  wrong(
    "copiesUncounted",
    { copy: "uncounted" },
    "M10, one half: the copy of a guard is not counted.",
    [264, 2_528, 10],
    { S4: 6, S5: 6, S13: 7 }
  ),
  wrong(
    "movedFromReleases",
    { movedFrom: "releases" },
    "M10, the other half: a guard that was moved from releases as well.",
    [234, 2_264, 10],
    { S4: 5, S5: 5, S13: 6 }
  ),
  wrong(
    "failedCheckReleases",
    { failedCheck: "releases" },
    "M11: a guard whose check fails is not waited for any more.",
    [144, 1_398, 9],
    { S4: 5, S5: 5, S13: 6 }
  ),
  wrong("closeReleases", { close: "releases" }, "M12: a close forgets who is inside.", [123, 1_189, 8], {
    S4: 4,
    S5: 4,
    S13: 5
  }),
  wrong("closeTellsNobody", { abort: "never" }, "M13: nobody is told that the session closes.", [132, 1_286, 8], {
    S15: 4
  }),
  wrong(
    "lateSubscriberUntold",
    { lateSubscriber: "accepted" },
    "M14: who subscribes too late is not told, and waits for a call that never comes.",
    [132, 1_286, 8],
    { S2: 4, S15: 4 }
  ),
  wrong(
    "subscriptionsOutlive",
    { subscription: "session" },
    "M15: a subscription that hangs on the session outlives the guard that it was made under.",
    [43, 279, 8],
    { S4: 5, S15: 5, L7: 6 },
    { guards: 1, asks: everything.filter((kind) => kind !== "Move" && kind !== "Copy") }
  ),
  wrong("checkPasses", { check: "passes" }, "M80: a check never refuses.", [105, 1_019, 8], { S2: 4, S13: 4 }),
  wrong(
    "noCopyInClosing",
    { copyInClosing: "refused" },
    "M81: a copy has to enter like everybody else.",
    [105, 1_019, 8],
    { S14: 4 }
  ),
  wrong("drainedIsKept", { drained: "kept" }, "M82: a drain waits, but forgets nothing.", [98, 954, 9], {
    S3: 5,
    S5: 4
  }),
  wrong(
    "tellsAfterClose",
    { abort: "afterClose" },
    "M83: subscribers are called when their guards are not valid any more.",
    [105, 1_019, 8],
    { S15: 4 }
  )
]

export const registryScopes: ReadonlyArray<Scope<RegistryLabel>> = [...holding, ...failing]
