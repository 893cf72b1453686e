/** What the kit takes from an adapter, and what it keeps to show when something is wrong. */

/** The longest line, in bytes and without its line break. Told in `hello`, and the same in both directions. */
export const maxLineBytes = 1 << 20

/** How deep arrays and objects may be nested in one line. */
export const maxDepth = 64

/** Lines kept of each direction, and of what an adapter writes to its log. */
export const keptLines = 32

/** How long an adapter may take to go by itself, after `bye` and again after TERM, before it is killed. */
export const goodbyeMs = 2_000
