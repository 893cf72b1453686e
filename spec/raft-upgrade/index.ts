/** The way of a cluster to group 0, and back out of its loss: ids, states, messages, labels, laws, assumptions. */
export * from "./assumptions.ts"
export * as discovery from "./discovery/index.ts"
export * from "./ids.ts"
export * from "./labels.ts"
export * from "./laws.ts"
export * from "./messages.ts"
export * from "./states.ts"
export * from "./upgrade-label.ts"
