/** The adapter is in trouble, so nothing is known of the implementation behind it. */

/** What can go wrong with an adapter, and whether a new process may do better. */
export type TroubleKind =
  /** It sent something that is no frame, or a frame that it had no right to send. */
  | "violation"
  /** It went away. */
  | "gone"
  /** It did not answer in time. */
  | "silent"
  /** It does not speak our protocol, or plays none of our roles. */
  | "stranger"
  /** It answered that it is at fault itself. */
  | "fault"
  /** Nobody wants to know any more. */
  | "stopped"

/** What was said last in both directions, and how it ended. */
export interface Circumstances {
  readonly sent: ReadonlyArray<string>
  readonly received: ReadonlyArray<string>
  readonly log: ReadonlyArray<string>
  /** Such as `exit status 3`; nothing while it lives. */
  readonly ended: string | undefined
}

/** Whoever wrote the adapter reads this, so it says what was wrong first and what was seen afterwards. */
export class AdapterTrouble extends Error {
  override readonly name = "AdapterTrouble"
  readonly kind: TroubleKind
  readonly circumstances: Circumstances

  constructor(kind: TroubleKind, what: string, circumstances: Circumstances) {
    super(what)
    this.kind = kind
    this.circumstances = circumstances
  }
}

/** The trouble with all its circumstances, as a terminal shows it. Everything in it is safe to print. */
export const tellTrouble = ({ message, circumstances }: AdapterTrouble): string => {
  const { sent, received, log, ended } = circumstances
  return [
    message,
    ...(ended === undefined ? [] : [`it ended: ${ended}`]),
    ...section("last lines to the adapter", sent),
    ...section("last lines from the adapter", received),
    ...section("its log (stderr)", log)
  ].join("\n")
}

const section = (title: string, lines: ReadonlyArray<string>): ReadonlyArray<string> =>
  lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)]
