/** Printing the story of a law that an exploration found broken. */
import type { LawResult } from "../../model/explorer/exploration.ts"
import { renderCounterexample } from "../report/counterexample.ts"
import type { Label } from "../report/story.ts"
import { counterexampleFile, toldCounterexample } from "./counterexamples.ts"
import type { ExploredScope } from "./explored-scope.ts"
import type { Protocol } from "./protocols.ts"
import type { Shell } from "./shell.ts"

/** Prints it below an empty line. */
export const tellStory = (protocol: Protocol, explored: ExploredScope, law: LawResult<Label>, shell: Shell): void => {
  const told = toldCounterexample(protocol, counterexampleFile(protocol, explored, law))
  shell.print(`\n${renderCounterexample(told, shell.style)}`)
}
