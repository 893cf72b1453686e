// Our node that looks for group 0 as an adapter in a process of its own. Teaches this process to read TypeScript first.
import { register } from "tsx/esm/api"

register()
await import("./serve-raft-upgrade-discovery.ts")
