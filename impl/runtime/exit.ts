/** Why processes end, and how that is told to those who wait for them. */

/** A reason to exit; each kind of process adds reasons of its own, told apart by `_tag`. */
export interface ExitReason {
  readonly _tag: string
}

/** Reasons that any process may have. */
export type CommonExit =
  /** It had nothing more to do. Links do not follow. */
  | { readonly _tag: "Normal" }
  /** It was told to stop. */
  | { readonly _tag: "Shutdown" }
  /** It was stopped without being asked. */
  | { readonly _tag: "Killed" }
  /** A process it is linked to ended. */
  | { readonly _tag: "Linked"; readonly reason: ExitReason }
  /** Its code failed in a way that nobody foresaw. */
  | { readonly _tag: "Defect"; readonly error: unknown }

/** Thrown by a handler to end its own process with a reason. */
export class Crash<Reason extends ExitReason = ExitReason> extends Error {
  readonly reason: Reason

  constructor(reason: Reason) {
    super(`crash: ${describeExit(reason)}`)
    this.name = "Crash"
    this.reason = reason
  }
}

/** What a caller gets instead of an answer when the process it called is gone. */
export class ProcessExit extends Error {
  readonly _tag = "ProcessExit"
  readonly reason: ExitReason

  constructor(reason: ExitReason) {
    super(`the process called has exited: ${describeExit(reason)}`)
    this.name = "ProcessExit"
    this.reason = reason
  }
}

/** What a caller gets who did not want to wait any longer. The answer may still come, and is then dropped. */
export class CallTimeout extends Error {
  readonly _tag = "CallTimeout"
  readonly milliseconds: number

  constructor(milliseconds: number) {
    super(`no answer within ${milliseconds} ms`)
    this.name = "CallTimeout"
    this.milliseconds = milliseconds
  }
}

/** The reason and its fields on one line, such as `UnexpectedStreamEnd vbucket=5`. */
export function describeExit(reason: ExitReason): string {
  const { _tag, ...fields } = reason
  const shown = Object.entries(fields).map(([name, value]) => `${name}=${describeField(value)}`)
  return [_tag, ...shown].join(" ")
}

function describeField(value: unknown): string {
  if (value instanceof Error) return value.message
  if (typeof value === "object" && value !== null && "_tag" in value) return `(${describeExit(value as ExitReason)})`
  return String(value)
}
