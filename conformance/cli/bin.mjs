#!/usr/bin/env node
// The command, in the repository and as it is installed. Plain JavaScript, for nothing else runs before.
import { existsSync } from "node:fs"

const source = new URL("main.ts", import.meta.url)
if (existsSync(source)) {
  const { register } = await import("tsx/esm/api")
  register()
  await import(source.href)
} else {
  await import("../../dist/conformance/cli/main.js")
}
