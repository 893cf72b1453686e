/** DCP stream set-up through the ns_server proxy: messages, labels, laws, assumptions. */
export * from "./assumptions.ts"
export * from "./codec.ts"
export * from "./labels.ts"
export * from "./laws.ts"
export * from "./messages.ts"
export * from "./supervision.ts"
