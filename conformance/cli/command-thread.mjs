// The entry of the thread that does the work. Node gives a new thread no loader for TypeScript, so it gets its own.
import { register } from "tsx/esm/api"

register()
await import("./command-thread.ts")
