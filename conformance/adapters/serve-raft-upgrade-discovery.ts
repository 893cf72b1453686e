/** Our node that looks for group 0 on stdin and stdout, as if it were anybody's: as repaired, or with `asShipped` as what ships. */
import { createInterface } from "node:readline"
import { discoveryRole } from "../remote/roles/raft-upgrade-discovery.ts"
import { serve, served } from "../remote/serve.ts"
import { discoveryAdapter, shippedDiscoveryAdapter } from "./raft-upgrade-discovery.ts"

const isShipped = process.argv[2] === "asShipped"
const ours = isShipped ? shippedDiscoveryAdapter() : discoveryAdapter()
const hear = serve([served(discoveryRole, ours)])((line) => void process.stdout.write(`${line}\n`))
createInterface({ input: process.stdin }).on("line", hear)
