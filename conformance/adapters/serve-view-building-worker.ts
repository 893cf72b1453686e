/** Our view building worker on stdin and stdout, as if it were anybody's: as repaired, or with `asShipped` as what ships. */
import { createInterface } from "node:readline"
import { viewBuildingWorkerRole } from "../remote/roles/view-building-worker.ts"
import { serve, served } from "../remote/serve.ts"
import { shippedWorkerAdapter, workerAdapter } from "./view-building-worker.ts"

const isShipped = process.argv[2] === "asShipped"
const ours = isShipped ? shippedWorkerAdapter() : workerAdapter()
const hear = serve([served(viewBuildingWorkerRole, ours)])((line) => void process.stdout.write(`${line}\n`))
createInterface({ input: process.stdin }).on("line", hear)
