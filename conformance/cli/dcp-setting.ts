/** The setting of a DCP replay, which comes from outside and may be anything. */
import { Schema } from "effect"
import { reference, variants, varied } from "../../model/dcp/variants.ts"
import { Request } from "../../spec/dcp/messages.ts"
import type { DcpSetting } from "../kit/dcp/dcp-roles.ts"
import { noSuch, UsageError } from "./usage-error.ts"

/** Larger systems than this no kit has ever built, and none could. */
const upTo = (most: number) => Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: most }))

const Times = Schema.Union([upTo(1_000_000), Schema.Literal("any")])

/** What a walk's cost depends on; whatever else bounds a system is as the token has it. */
const Setting = Schema.Struct({
  environment: Schema.Literals(["alone", "pair"]),
  variant: Schema.Union([Schema.String, Schema.Record(Schema.String, Schema.String)]),
  bounds: Schema.Struct({
    vbuckets: upTo(64),
    calls: upTo(1_000_000),
    chunk: upTo(16),
    requests: Schema.Array(Request),
    overlap: Schema.Boolean,
    ends: Times,
    refusals: Times,
    breaks: Times,
    losses: Schema.Array(Schema.String),
    without: Schema.Array(Schema.String)
  })
})

/** Lets a setting pass. Throws where it is none, and says where. */
export const checkSetting = (setting: unknown): DcpSetting => {
  const { variant } = Schema.decodeUnknownSync(Setting)(setting)
  if (typeof variant !== "string") varied(reference, variant)
  else if (!Object.hasOwn(variants, variant)) throw new UsageError(noSuch("variant", variant, Object.keys(variants)))
  return setting as DcpSetting
}
