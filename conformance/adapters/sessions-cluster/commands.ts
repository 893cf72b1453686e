/** An operator's orders as commands of our nodes. */
import type { NodeCommand } from "../../../impl/sessions/control.ts"
import type { Order } from "../../kit/sessions/cluster/cluster-under-test.ts"

export const commandOf = (order: Order): NodeCommand => {
  switch (order._tag) {
    case "Migrate":
      return { ...order, _tag: "MigrateTablet" }
    case "Repair":
    case "Restore":
    case "Abort":
    case "Truncate":
    case "Rebuild":
    case "Exclude":
    case "Purge":
      return order
  }
}
