/** Lawful designs that differ from each other, as implementations that can be reached over a line: none may fail for it. */
import type { ConsumerConnection } from "../../../impl/dcp/consumer-connection.ts"
import type { ProxyOptions } from "../../../impl/dcp/proxy-process.ts"
import { consumerConnectionRole } from "../../remote/roles/consumer-connection.ts"
import { type Served, served } from "../../remote/serve.ts"
import { consumerAdapter } from "../dcp-consumer.ts"
import { ErrorListConnection } from "./error-list.ts"
import { LastWordsConnection } from "./last-words.ts"

export interface LawfulDesign {
  readonly name: string
  /** The variant that explains it; none where the model knows no such design. */
  readonly variant: string | undefined
  readonly served: Served
}

const design = (
  name: string,
  variant: string | undefined,
  make?: (options: ProxyOptions) => ConsumerConnection
): LawfulDesign => ({ name, variant, served: served(consumerConnectionRole, consumerAdapter(name, make)) })

/** Our consumer connection under each policy for an end that comes before its response. */
export const lawfulDesigns: ReadonlyArray<LawfulDesign> = [
  design("crash", "reference"),
  design("error-list", "errorList", (options) => new ErrorListConnection(options)),
  design("last-words", undefined, (options) => new LastWordsConnection(options))
]

/** The design of this name. */
export const lawfulDesign = (name: string): LawfulDesign => {
  const found = lawfulDesigns.find((one) => one.name === name)
  if (found === undefined) throw new TypeError(`there is no design ${name}`)
  return found
}
