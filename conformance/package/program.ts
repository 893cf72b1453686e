/** Where the kit's own programs begin: threads, and processes that play adapters. */

/**
 * The file that a thread or a process is started with, beside the module that starts it.
 *
 * In the repository that is `NAME.mjs`, which teaches Node to read TypeScript and goes on with `NAME.ts`. In the package everything
 * is compiled, and nothing has to be taught.
 */
export const programBeside = (module: string, name: string): URL =>
  new URL(module.endsWith(".ts") ? `${name}.mjs` : `${name}.js`, module)
