/** Group 0: the replicated log with compare-and-swap commands that several protocols stand on. */
export * from "./ids.ts"
export * from "./messages.ts"
