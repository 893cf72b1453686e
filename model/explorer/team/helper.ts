/** A worker that does what the leader says. */
import type { System } from "../../kernel/system.ts"
import { compile } from "../compile.ts"
import { commands, Member } from "./member.ts"
import { type SharedMemory, waitWhile, word } from "./shared.ts"

/** Works as member `me` of a team on the same system as the leader, until there is no more to do. `ready` is called before. */
export const help = <L>(system: System<L>, me: number, memory: SharedMemory, ready: () => void): void => {
  const member = new Member(me, compile(system), memory)
  const { control } = member
  let phase = Atomics.load(control, word.phase)
  ready()
  for (;;) {
    waitWhile(control, word.phase, phase)
    phase++
    const command = control[word.command]!
    if (command === commands.stop) return
    member.obey(command)
    Atomics.add(control, word.arrived, 1)
    Atomics.notify(control, word.arrived)
  }
}
