/** The building of views by one coordinator for the cluster: ids, metadata, messages, labels, laws, assumptions. */
export * from "./assumptions.ts"
export * from "./building-label.ts"
export * from "./ids.ts"
export * from "./labels.ts"
export * from "./laws.ts"
export * from "./messages.ts"
export * from "./metadata.ts"
export * as worker from "./worker/index.ts"
