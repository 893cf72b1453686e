/** Serves the whole museum on stdin and stdout. */
import { createInterface } from "node:readline"
import { serve } from "../../remote/serve.ts"
import { everything } from "./exhibits.ts"

const hear = serve(everything())((line) => void process.stdout.write(`${line}\n`))
createInterface({ input: process.stdin }).on("line", hear)
