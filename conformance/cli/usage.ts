/** Commander's complaints as one line that says what there is. */
import type { Command, CommanderError } from "commander"
import { protocols } from "./protocols.ts"
import { listed } from "./usage-error.ts"

/** What is wrong with a command line, and what would be right. */
export const usageOf = ({ code, message }: CommanderError, command: Command): string => {
  const [problem = ""] = message.replace(/^error: /, "").split("\n")
  const more = instead(code, command)
  return more === "" ? problem : `${problem}; ${more}`
}

const instead = (code: string, command: Command): string => {
  switch (code) {
    case "commander.unknownOption":
    case "commander.missingMandatoryOptionValue":
    case "commander.optionMissingArgument":
      return `${command.name()} has ${listed(command.options.map(({ flags }) => flags))}`
    case "commander.unknownCommand":
      return `there is ${listed(command.commands.map((one) => one.name()))}`
    case "commander.missingArgument":
    case "commander.excessArguments": {
      const takes = `usage: portcullis ${command.name()} ${command.usage()}`
      return command.name() === "explore"
        ? `${takes}; protocols: ${listed(protocols.map(({ protocol }) => protocol))}`
        : takes
    }
    default:
      return ""
  }
}
