// The thread of a walker. Plain JavaScript, because a worker thread reads TypeScript only once it is told how.
import { register } from "tsx/esm/api"

register()
await import("./walker-thread.ts")
