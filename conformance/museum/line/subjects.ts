/** Mutants that play roles for adapters, so that they can be reached over a line like anybody else's implementation. */

import { codecAdapter } from "../../adapters/dcp-codec.ts"
import { consumerAdapter } from "../../adapters/dcp-consumer.ts"
import { managerAdapter } from "../../adapters/dcp-manager.ts"
import { producerAdapter } from "../../adapters/dcp-producer.ts"
import { replicatorAdapter } from "../../adapters/dcp-replicator.ts"
import type { Mutant } from "../../cli/museum-api.ts"
import type { Adapter } from "../../kit/role-under-test.ts"
import { entry, type RemoteRole, type RoleEntry } from "../../remote/remote-role.ts"
import { codecRole } from "../../remote/roles/codec.ts"
import { consumerConnectionRole } from "../../remote/roles/consumer-connection.ts"
import { producerConnectionRole } from "../../remote/roles/producer-connection.ts"
import { replicationManagerRole } from "../../remote/roles/replication-manager.ts"
import { replicatorRole } from "../../remote/roles/replicator.ts"
import { sessionRegistryRole } from "../../remote/roles/session-registry.ts"
import { type Served, served } from "../../remote/serve.ts"
import type { Label } from "../../report/story.ts"
import { mutants as dcpMutants } from "../dcp/mutants.ts"
import type { Subject } from "../dcp/subject.ts"
import { mutants as registryMutants } from "../sessions/mutants.ts"
import { registryAdapter } from "../sessions/registry-adapter.ts"

/** A role that a mutant plays, with the design that it is made from. */
export interface Played {
  readonly role: RoleEntry
  readonly variant: string
  readonly served: Served
}

/** A mutant with every role in which it is not as the reference. */
export interface LineSubject {
  readonly protocol: string
  readonly mutant: Mutant
  readonly plays: ReadonlyArray<Played>
}

const playing = <L extends Label, I, O extends { readonly _tag: string }, V>(
  role: RemoteRole<L, I, O, V>,
  adapter: Adapter<I, O, V>,
  variant = "reference"
): Played => ({ role: entry(role), variant, served: served(role, adapter) })

/** The parts of a subject, each in a role of its own. */
const partsOf = (id: string, { consumer, producer, replicator, manager, reader }: Subject): ReadonlyArray<Played> => [
  ...(consumer === undefined
    ? []
    : [
        playing(
          consumerConnectionRole,
          consumerAdapter(id, (options) => new consumer(options))
        )
      ]),
  ...(producer === undefined
    ? []
    : [
        playing(
          producerConnectionRole,
          producerAdapter(id, (options) => new producer(options))
        )
      ]),
  ...(replicator === undefined ? [] : [playing(replicatorRole, replicatorAdapter(id, replicator))]),
  ...(manager === undefined
    ? []
    : [
        playing(
          replicationManagerRole,
          managerAdapter(id, (options) => new manager(options))
        )
      ]),
  ...(reader === undefined ? [] : [playing(codecRole, codecAdapter(id, reader))])
]

const dcp: ReadonlyArray<LineSubject> = dcpMutants.flatMap(({ subject, ...mutant }) => {
  const plays = partsOf(mutant.id, subject)
  return plays.length === 0 ? [] : [{ protocol: "dcp", mutant, plays }]
})

const sessions: ReadonlyArray<LineSubject> = registryMutants.map(({ subject: Subject, ...mutant }) => {
  const adapter = registryAdapter(mutant.id, () => new Subject())
  return { protocol: "sessions", mutant, plays: [playing(sessionRegistryRole, adapter, "inCreationOrder")] }
})

export const lineSubjects: ReadonlyArray<LineSubject> = [...dcp, ...sessions]

/** The mutant of this number. */
export const lineSubject = (protocol: string, id: string): LineSubject => {
  const subject = lineSubjects.find((one) => one.protocol === protocol && one.mutant.id === id)
  if (subject === undefined) throw new TypeError(`no mutant ${id} of ${protocol} plays a role for adapters`)
  return subject
}
