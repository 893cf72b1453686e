/** Files that go with the code and are no code: templates, recordings, the package's own description. */
import { createRequire } from "node:module"
import { dirname, join } from "node:path"

// The package asks for itself by its name: so its root is found from `dist` and from the repository's sources alike.
const root = dirname(createRequire(import.meta.url).resolve("portcullis/package.json"))

/** Where a file of the package is, given by its path from the root: the same in the repository and where it is installed. */
export const packageFile = (...path: ReadonlyArray<string>): string => join(root, ...path)
