/** Versions of the kit protocol, and how the two sides agree on one. */
import { Schema } from "effect"

const Count = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 0xffff }))

/** What the kit speaks: one major version, and every minor version from the first to the second. */
export const OfferedVersions = Schema.Struct({ major: Count, minor: Schema.Tuple([Count, Count]) })

/** What the adapter has chosen of that. */
export const ChosenVersion = Schema.Struct({ major: Count, minor: Count })
export type ChosenVersion = typeof ChosenVersion.Type

/** A minor version adds operations and fields; whoever does not know them is not asked for them. A major version may change anything. */
export const offered: typeof OfferedVersions.Type = { major: 1, minor: [0, 0] }

/** Whether an adapter has chosen a version that was offered. */
export const wasOffered = ({ major, minor }: ChosenVersion): boolean =>
  major === offered.major && minor >= offered.minor[0] && minor <= offered.minor[1]
