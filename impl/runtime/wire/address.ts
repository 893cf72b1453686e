import { Schema } from "effect"

/** Where a process listens. */
export const Address = Schema.Struct({
  host: Schema.String,
  port: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 65_535 }))
})
export type Address = typeof Address.Type

export const showAddress = ({ host, port }: Address): string => `${host}:${port}`
