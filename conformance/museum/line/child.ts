/** Serves the whole museum on stdin and stdout; with a protocol and a number as arguments, one mutant as if it were anybody's. */
import { createInterface } from "node:readline"
import { serve } from "../../remote/serve.ts"
import { everything, exhibitNamed } from "./exhibits.ts"

const words = process.argv.slice(2)
const all = words.length === 0 ? everything() : exhibitNamed(words.join(" ")).served
const hear = serve(all)((line) => void process.stdout.write(`${line}\n`))
createInterface({ input: process.stdin }).on("line", hear)
