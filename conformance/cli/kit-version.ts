/** The version of this kit, as its package says. */
import { readFileSync } from "node:fs"
import { packageFile } from "../package/package-file.ts"

const manifest: { readonly version: string } = JSON.parse(readFileSync(packageFile("package.json"), "utf8"))

export const kitVersion = manifest.version
