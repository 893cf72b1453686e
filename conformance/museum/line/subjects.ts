/** Mutants that play a role for adapters, so that they can be reached over a line like anybody else's implementation. */

import { consumerAdapter } from "../../adapters/dcp-consumer.ts"
import type { Mutant } from "../../cli/museum-api.ts"
import { entry, type RoleEntry } from "../../remote/remote-role.ts"
import { consumerConnectionRole } from "../../remote/roles/consumer-connection.ts"
import { sessionRegistryRole } from "../../remote/roles/session-registry.ts"
import { type Served, served } from "../../remote/serve.ts"
import { mutants as consumerMutants } from "../dcp/mutants.ts"
import { mutants as registryMutants } from "../sessions/mutants.ts"
import { registryAdapter } from "../sessions/registry-adapter.ts"

export interface LineSubject {
  readonly mutant: Mutant
  readonly served: Served
}

/** Mutants of one role, and the design that they are made from. */
export interface LineSubjects {
  readonly protocol: string
  readonly role: RoleEntry
  readonly variant: string
  readonly subjects: ReadonlyArray<LineSubject>
}

export const lineSubjects: ReadonlyArray<LineSubjects> = [
  {
    protocol: "dcp",
    role: entry(consumerConnectionRole),
    variant: "reference",
    subjects: consumerMutants.flatMap(({ subject: { consumer: Consumer, ...others }, ...mutant }) => {
      if (Consumer === undefined || Object.keys(others).length > 0) return []
      const adapter = consumerAdapter(mutant.id, (options) => new Consumer(options))
      return [{ mutant, served: served(consumerConnectionRole, adapter) }]
    })
  },
  {
    protocol: "sessions",
    role: entry(sessionRegistryRole),
    variant: "inCreationOrder",
    subjects: registryMutants.map(({ subject: Subject, ...mutant }) => ({
      mutant,
      served: served(
        sessionRegistryRole,
        registryAdapter(mutant.id, () => new Subject())
      )
    }))
  }
]

/** The mutant of this number. */
export const lineSubject = (protocol: string, id: string): LineSubject => {
  const all = lineSubjects.filter((one) => one.protocol === protocol).flatMap(({ subjects }) => subjects)
  const subject = all.find(({ mutant }) => mutant.id === id)
  if (subject === undefined) throw new TypeError(`no mutant ${id} of ${protocol} plays a role for adapters`)
  return subject
}
