/** Scopes of the proxy pair in which a consumer connection is explored: small ones first, each there for a flow. */
import { type Bounds, maybeClose, setup, shutConnection, small, takeover } from "../../../../model/dcp/bounds.ts"
import { pair } from "../../../../model/dcp/pair.ts"
import { reference } from "../../../../model/dcp/variants.ts"
import type { System } from "../../../../model/kernel/system.ts"
import type { DcpLabel } from "../../../../spec/dcp/labels.ts"
import { laws } from "../../../../spec/dcp/laws.ts"
import { withAnyStatus } from "../any-status.ts"
import { withLateResponses } from "../out-of-order.ts"
import { withStrays } from "../stray-responses.ts"

const once = { ...small, calls: 1 }
const twice = { ...small, calls: 2 }
const thrice = { ...small, calls: 3 }

/** kv neither ends nor refuses a stream, where more would only be more of the same. */
const quiet = { ends: 0, refusals: 0 }

/** The pair within bounds, judged by its own laws, by the order of closes, and by what has to be reachable. */
const scope = (bounds: Bounds, ...reached: ReadonlyArray<string>): System<DcpLabel> =>
  pair(
    reference,
    bounds,
    laws.filter(({ id }) => reached.includes(id))
  )

/** By name. They differ in what callers may ask and what kv may do, and the reference holds every law in each. */
export const consumerScopes: Readonly<Record<string, System<DcpLabel>>> = {
  oneStream: scope(once, "DCP-W1", "DCP-W2", "DCP-W3"),
  obligingKv: scope({ ...once, losses: [] }),
  anyStatus: withAnyStatus(scope({ ...once, ...quiet })),
  strays: withStrays(scope({ ...once, ...quiet })),
  duplicates: scope({ ...once, requests: [setup(0, 0)], ends: 0 }),
  takeover: withLateResponses(scope({ ...once, requests: [takeover(0)] }, "DCP-W6")),
  openAndClose: scope({ ...twice, requests: [setup(0), setup()] }, "DCP-W5"),
  v7Codes: scope({ ...twice, requests: [setup(0), setup()], losses: [], noSuchStream: "DcpStreamNotFound" }),
  overlap: scope({ ...twice, requests: [setup(0), takeover(0)], ...quiet, overlap: true }),
  shut: scope({ ...twice, requests: [setup(0), shutConnection], overlap: true }, "DCP-W7"),
  twoStreams: scope({ ...once, vbuckets: 2, requests: [setup(0, 1)] }, "DCP-W4"),
  shutOverTwo: scope({ ...twice, vbuckets: 2, requests: [setup(0, 1), shutConnection], ...quiet, overlap: true }),
  reopen: scope({ ...thrice, requests: [setup(0), setup()], refusals: 0 }, "DCP-W9"),
  shutOverSetup: scope({ ...thrice, requests: [setup(0), setup(), shutConnection], ...quiet, overlap: true }),
  takeovers: scope({ ...twice, requests: [takeover(0), setup(0), maybeClose(0)], refusals: 0 })
}
