// The museum as an adapter in a process of its own. Teaches this process to read TypeScript, then is `child.ts`.
import { register } from "tsx/esm/api"

register()
await import("./child.ts")
