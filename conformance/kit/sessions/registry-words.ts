/** How the words of a session registry read in stories. */
import type { RegistryInput, RegistryOutput } from "../../../spec/sessions/registry/messages.ts"

/** What a registry is asked, such as `enter 1 as g1`. */
export const describeRegistryInput = (input: RegistryInput): string => {
  switch (input._tag) {
    case "Create":
      return `create ${input.session}`
    case "Enter":
      return `enter ${input.session} as ${input.guard}`
    case "Check":
      return `check ${input.guard}`
    case "Copy":
      return `copy ${input.guard} as ${input.copy}`
    case "Move":
      return `move ${input.guard} to ${input.to}`
    case "Release":
      return `release ${input.guard}`
    case "Subscribe":
      return `subscribe ${input.guard}`
    case "CloseAllExcept":
      return `close all except [${input.keep.join(", ")}]`
    case "Drain":
      return `drain ${input.drain}`
  }
}

/** What a registry answers, such as `refused: GateClosed`. */
export const describeRegistryOutput = (output: RegistryOutput): string => {
  switch (output._tag) {
    case "Done":
      return "done"
    case "Refused":
      return `refused: ${output.reason}`
    case "Drained":
      return `${output.drain} is over`
    case "Aborted":
      return `${output.guard} is told to stop, ${output.valid ? "and is still valid" : "and is not valid any more"}`
  }
}
