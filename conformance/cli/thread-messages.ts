/** What the two threads of the command line tell each other. */
import type { ExitStatus } from "./exit-status.ts"

/** What the first thread knows about where it runs, and the second cannot find out. */
export interface ThreadData {
  readonly argv: ReadonlyArray<string>
  /** One 32-bit number, which is 1 once somebody pressed Ctrl-C. */
  readonly stop: SharedArrayBuffer
  readonly outIsTerminal: boolean
  readonly errIsTerminal: boolean
  readonly columns: number
  readonly colour: boolean
}

/** What the working thread sends: text to print as it is, and at last its exit status. */
export type ThreadMessage =
  | { readonly _tag: "Out"; readonly text: string }
  | { readonly _tag: "Err"; readonly text: string }
  /** A process group began, or nothing is left of it. Whoever ends this process ends those that live. */
  | { readonly _tag: "Group"; readonly group: number; readonly lives: boolean }
  | { readonly _tag: "Done"; readonly status: ExitStatus }
