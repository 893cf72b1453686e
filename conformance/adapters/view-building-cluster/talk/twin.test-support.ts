/** The cluster that is talked with: ours, in one process, whose time passes only when told to. */
export {
  at,
  Cluster,
  type ClusterOptions,
  tablet,
  token
} from "../../../../impl/view-building/node/local-cluster.ts"
