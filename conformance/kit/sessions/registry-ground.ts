/** Where session registries are checked: bounds, and the graphs that tours and random walks go through. */
import { everything, type RegistryBounds, registryAlone } from "../../../model/sessions/registry/registry-alone.ts"
import type { RegistryVariant } from "../../../model/sessions/registry/variants.ts"
import { registryLaws } from "../../../spec/sessions/registry/laws.ts"
import { graphFor } from "../stage.ts"
import { registryPart } from "./registry-part.ts"

/** Small enough for a tour of every transition; two sessions, so that one may keep the other registered. */
export const bounded: RegistryBounds = { sessions: 2, guards: 2, drains: 2, asks: everything }

/** The same with one drain, and nobody subscribes or hands guards over: small enough where every order is allowed. */
export const quiet: RegistryBounds = {
  ...bounded,
  drains: 1,
  asks: everything.filter((kind) => kind !== "Subscribe" && kind !== "Move")
}

/** Wide enough for random walks to meet anything. */
export const roomy: RegistryBounds = { sessions: 3, guards: 6, drains: 4, asks: everything }

/** The graph of a registry alone, prepared for whoever plays it. */
export const registryGraph = (variant: RegistryVariant, bounds: RegistryBounds) =>
  graphFor(registryAlone(variant, bounds, registryLaws), registryPart)
