/** One session registry: what it is asked and answers, what a step of it looks like from outside, its laws. */
export * from "./labels.ts"
export * from "./laws.ts"
export * from "./messages.ts"
