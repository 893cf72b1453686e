#!/usr/bin/env node
// The installed command: teaches this process to read TypeScript, then is `main.ts`. Plain JavaScript, for nothing else runs before.
import { register } from "tsx/esm/api"

register()
await import("./main.ts")
