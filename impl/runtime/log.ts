/** Where a process reports what its operator may want to know and nobody else reacts to. */
export interface Log {
  warn(what: string, details: Readonly<Record<string, unknown>>): void
}

/** Keeps nothing. */
export const silentLog: Log = { warn() {} }
