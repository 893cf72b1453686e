/** Lines to exhibits. */
import { usualBudgets } from "../../remote/budgets.ts"
import { Line } from "../../remote/line.ts"
import type { Dialer } from "../../transport/link.ts"

/** A process that serves all of the museum has much to read before it can shake hands. */
const budgets = { ...usualBudgets, handshake: 120_000 }

/** Calls somebody who is told which of the exhibits is meant whenever one is started. */
export const calling =
  (dialer: Dialer, exhibit: string): (() => Line) =>
  () =>
    new Line(dialer, { version: "museum", specs: [], budgets, config: { exhibit } })
