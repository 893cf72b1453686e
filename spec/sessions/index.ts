/** Sessions, the fence around the transitions of tablets: ids, metadata, messages, labels, laws, assumptions. */
export * from "./assumptions.ts"
export * from "./ids.ts"
export * from "./labels.ts"
export * from "./laws.ts"
export * from "./messages.ts"
export * from "./metadata.ts"
export * from "./selectors.ts"
