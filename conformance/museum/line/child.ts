/** Serves one mutant on stdin and stdout: `child.mjs PROTOCOL ID`. */
import { createInterface } from "node:readline"
import { serve } from "../../remote/serve.ts"
import { lineSubject } from "./subjects.ts"

const [protocol = "", id = ""] = process.argv.slice(2)
const hear = serve(lineSubject(protocol, id).plays.map(({ served }) => served))(
  (line) => void process.stdout.write(`${line}\n`)
)
createInterface({ input: process.stdin }).on("line", hear)
