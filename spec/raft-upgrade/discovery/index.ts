/** One node that looks for group 0: what happens to it and what it does, what a step of it looks like from outside, its laws. */
export * from "./labels.ts"
export * from "./laws.ts"
export * from "./messages.ts"
