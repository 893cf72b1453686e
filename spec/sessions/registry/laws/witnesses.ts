/** What must be able to happen, so that no law holds for want of anything to judge. */
import { type SometimesLaw, sometimes } from "../../../law.ts"
import { defaultSession } from "../../ids.ts"
import { drainsOver, guardsAborted, refusalIn, roll } from "../follow.ts"
import type { RegistryLabel } from "../labels.ts"
import { everClosed, guardOf, isClosing, type Roll } from "../roll.ts"

type Happens = SometimesLaw<RegistryLabel, Roll>["happens"]

const witness = (id: string, sentence: string, happens: Happens): SometimesLaw<RegistryLabel> =>
  sometimes<RegistryLabel, Roll>(id, {
    sentence,
    source: "dossier sessions 2.3 and 2.4",
    follows: roll,
    happens
  }) as SometimesLaw<RegistryLabel>

const refused =
  (kind: RegistryLabel["input"]["_tag"], reason: ReturnType<typeof refusalIn>): Happens =>
  (_, { input, outputs }) =>
    input._tag === kind && refusalIn(outputs) === reason

export const W1r = witness("SES-W1r", "A closing session refuses entry.", refused("Enter", "GateClosed"))

export const W2r = witness(
  "SES-W2r",
  "A session that was closed is forgotten, and a stale permit is refused.",
  (before, label) =>
    label.input._tag === "Enter" &&
    refusalIn(label.outputs) === "SessionNotFound" &&
    everClosed(before, label.input.session)
)

export const W3r = witness("SES-W3r", "A check tells work to stop.", refused("Check", "AbortRequested"))

export const W4r = witness(
  "SES-W4r",
  "A drain that waited is over when the last guard goes.",
  (before, { input, outputs }) => input._tag === "Release" && drainsOver(outputs).length > 0 && before.drains.length > 0
)

export const W5r = witness(
  "SES-W5r",
  "Two drains wait, and both are over in one step.",
  (_, { outputs }) => drainsOver(outputs).length > 1
)

export const W6r = witness(
  "SES-W6r",
  "A drain is over while other work goes on under an open session.",
  (_, { outputs }, after) =>
    drainsOver(outputs).length > 0 && after.guards.some(({ session }) => session !== defaultSession)
)

export const W7r = witness(
  "SES-W7r",
  "A name is created anew after a drain, and admits.",
  (before, { input, outputs }) =>
    input._tag === "Enter" && refusalIn(outputs) === undefined && everClosed(before, input.session)
)

export const W8r = witness("SES-W8r", "A subscriber is called.", (_, { outputs }) => guardsAborted(outputs).length > 0)

export const W9r = witness(
  "SES-W9r",
  "Somebody subscribes too late and is told.",
  refused("Subscribe", "AbortRequested")
)

export const W10r = witness("SES-W10r", "A guard is copied in a closing session.", (before, { input }) => {
  const live = input._tag === "Copy" ? guardOf(before, input.guard) : undefined
  return live !== undefined && isClosing(before, live.session)
})

export const witnesses: ReadonlyArray<SometimesLaw<RegistryLabel>> = [W1r, W2r, W3r, W4r, W5r, W6r, W7r, W8r, W9r, W10r]
