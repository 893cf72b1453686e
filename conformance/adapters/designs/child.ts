/** Serves one design on stdin and stdout: `child.mjs NAME`. */
import { createInterface } from "node:readline"
import { serve } from "../../remote/serve.ts"
import { lawfulDesign } from "./designs.ts"

const [name = ""] = process.argv.slice(2)
const hear = serve([lawfulDesign(name).served])((line) => void process.stdout.write(`${line}\n`))
createInterface({ input: process.stdin }).on("line", hear)
