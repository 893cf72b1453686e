// Our view building worker as an adapter in a process of its own. Teaches this process to read TypeScript first.
import { register } from "tsx/esm/api"

register()
await import("./serve-view-building-worker.ts")
