/** The designs of one node that looks for the group as it is seen from outside: what it does, and when where nobody says. */
import { type DiscoveryVariant, reference as referenceDiscovery, asShipped as shippedDiscovery } from "../variant.ts"

export interface OneDesign {
  readonly discovery: DiscoveryVariant
  /** When it stores whom it has come to know: before it tells somebody and before each round; with each request too; or at any time before. */
  readonly stores: "whenDue" | "withRequests" | "anyTime"
  /** What a question says: what is known as it is asked, or was as it was put down to be asked; or either. */
  readonly says: "asOfNow" | "asPutDown" | "either"
}

/** Whoever speaks of itself knows best, so nothing that others say ends anybody. */
const discovery: DiscoveryVariant = { ...referenceDiscovery, secondServer: "ownWord" }

/** All that the dossier allows. */
export const reference: OneDesign = { discovery, stores: "anyTime", says: "either" }

/** One of these, to the letter: nothing is stored before it has to be, and what is said is what is known by then. */
export const lately: OneDesign = { discovery, stores: "whenDue", says: "asOfNow" }

/** What scylladb ships (`dcafb5c083^`), as the dossier reads it. */
export const asShipped: OneDesign = { discovery: shippedDiscovery, stores: "withRequests", says: "asPutDown" }

/** What ours does with the choices of what ships. */
export const latelyAsShipped: OneDesign = { ...lately, discovery: shippedDiscovery }

export const designNames = ["reference", "lately", "asShipped", "latelyAsShipped"] as const
export type DesignName = (typeof designNames)[number]

export const oneDesigns: Readonly<Record<DesignName, OneDesign>> = { reference, lately, asShipped, latelyAsShipped }
