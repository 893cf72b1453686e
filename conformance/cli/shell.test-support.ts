/** Running a command line in this process, with everything it prints kept and a clock that stands still. */
import { run } from "./program.ts"
import type { Shell } from "./shell.ts"

/** A shell that keeps what is printed. */
export class RecordingShell implements Shell {
  out = ""
  err = ""
  readonly style = { colour: false }
  private readonly patience: number
  private asked = 0

  /** Somebody presses Ctrl-C once the command has asked `patience` times whether they did. */
  constructor(patience = Number.POSITIVE_INFINITY) {
    this.patience = patience
  }

  print(text: string): void {
    this.out += `${text}\n`
  }

  complain(text: string): void {
    this.err += `${text}\n`
  }

  progress(): void {}

  interrupted(): boolean {
    return this.asked++ >= this.patience
  }

  now(): number {
    return 0
  }
}

/** What a command line prints, and its exit status. */
export interface Ran {
  readonly status: number
  readonly out: string
  readonly err: string
}

/** Runs words as a command line. */
export const portcullis = async (...argv: ReadonlyArray<string>): Promise<Ran> => {
  const shell = new RecordingShell()
  const status = await run(argv, shell)
  return { status, out: shell.out, err: shell.err }
}
