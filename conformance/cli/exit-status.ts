/** Exit statuses, the same for every command. */
import type { Verdict } from "../report/report.ts"

/** What an exit status means. Where several apply, the highest wins. */
export const exitStatus = { pass: 0, fail: 1, unknown: 2, adapterTrouble: 3, usage: 4 } as const

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus]

/** The status that a run with these ends in. */
export const worst = (statuses: ReadonlyArray<ExitStatus>): ExitStatus =>
  statuses.toSorted((one, other) => other - one)[0] ?? exitStatus.pass

const statuses: Readonly<Record<Verdict, ExitStatus>> = {
  pass: exitStatus.pass,
  "known-failure": exitStatus.pass,
  unsupported: exitStatus.pass,
  "not-applicable": exitStatus.pass,
  fail: exitStatus.fail,
  "unexpected-pass": exitStatus.fail,
  unknown: exitStatus.unknown,
  flaky: exitStatus.unknown,
  nondeterministic: exitStatus.adapterTrouble,
  "adapter-error": exitStatus.adapterTrouble
}

/** The status that one verdict asks for. */
export const statusOf = (verdict: Verdict): ExitStatus => statuses[verdict]

/** The word for a whole run. */
export const wordFor = (status: ExitStatus): "pass" | "fail" | "unknown" | "adapter trouble" | "usage" => {
  switch (status) {
    case exitStatus.pass:
      return "pass"
    case exitStatus.fail:
      return "fail"
    case exitStatus.unknown:
      return "unknown"
    case exitStatus.adapterTrouble:
      return "adapter trouble"
    case exitStatus.usage:
      return "usage"
  }
}

/** How a command hands over its status, now or when it is done. */
export type Finish = (status: ExitStatus | Promise<ExitStatus>) => Promise<void>
