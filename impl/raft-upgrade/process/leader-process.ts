import { ControlLines } from "../../runtime/child/control-lines.ts"
import { JournalFile } from "../../runtime/child/journal-file.ts"
import { die, stderrLog } from "../../runtime/child/stderr-log.ts"
import { hurried, systemClock } from "../../runtime/clock.ts"
import { LamportClock } from "../../runtime/lamport-clock.ts"
import type { Address } from "../../runtime/wire/address.ts"
import { LeaderAnswer, LeaderCommand } from "../control.ts"
import { GroupLeader, leaderName } from "../group0/group-leader.ts"
import { openLeaderLog } from "../group0/leader-log.ts"
import { TcpNetwork } from "../network/tcp-network.ts"
import type { LeaderConfiguration } from "./configuration.ts"
import { upgradeJournal } from "./journal.ts"
import { untoldByLeader } from "./untold.ts"

/** Leads the groups in this process, until it is told to shut down or nobody commands it any more. */
export async function runLeader(configuration: LeaderConfiguration): Promise<void> {
  const { host } = configuration
  const warnings = stderrLog(leaderName)
  const clock = new LamportClock(configuration.clock)
  const log = await openLeaderLog(configuration.log, warnings)
  const file = new JournalFile(upgradeJournal, configuration.journal, leaderName, clock)
  const told = file.found.map(({ label }) => label)
  for (const label of untoldByLeader(log.found, told)) file.journal(label)
  const addresses = new Map<string, Address>()
  const addressOf = (node: string) => addresses.get(node)
  const self = leaderName
  const network = await TcpNetwork.open({ self, listen: { host, port: 0 }, addressOf, clock, log: warnings })
  const timers = hurried(systemClock, configuration.haste)
  const leader = new GroupLeader({ network, clock: timers, callClock: systemClock, log, tell: file.journal })
  leader.start()

  const shutdown = (): void => {
    leader.stop()
    network
      .close()
      .then(() => log.close())
      .then(
        () => process.exit(0),
        (error: unknown) => die(self, error)
      )
  }
  const obey = (command: LeaderCommand): Promise<LeaderAnswer> => {
    if (command._tag === "Addresses")
      for (const [name, address] of Object.entries(command.addresses)) addresses.set(name, address)
    // Behind the answer, which is written in a microtask.
    else setImmediate(shutdown)
    return Promise.resolve({ _tag: "Done" })
  }
  const { stdin: input, stdout: output } = process
  const lines = { command: LeaderCommand, answer: LeaderAnswer, obey, abandoned: shutdown }
  new ControlLines({ input, output, clock, ...lines }).tell({ event: "listening", address: network.address })
}
