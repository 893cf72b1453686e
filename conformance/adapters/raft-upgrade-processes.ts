/**
 * Our cluster on its way to group 0 as processes of the operating system, for whoever soaks it: started, commanded, killed, and
 * asked for what it told.
 */
export type { ControlAnswer } from "../../impl/raft-upgrade/control.ts"
export { Cluster } from "../../impl/raft-upgrade/process/cluster.ts"
export { judged } from "./raft-upgrade-cluster/judged.ts"
