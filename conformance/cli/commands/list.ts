/** `portcullis list`: what there is, by name. */
import { Argument, type Command } from "commander"
import { count } from "../../report/counts.ts"
import { standingOf } from "../../standing/standing.ts"
import { columns } from "../columns.ts"
import { type ExitStatus, exitStatus, type Finish } from "../exit-status.ts"
import { museums } from "../museums.ts"
import { type Protocol, protocolsFor } from "../protocols.ts"
import { printJson, type Shell } from "../shell.ts"

/** One kind of thing: as data, and as a row whose last cell is a sentence. */
interface Kind<A> {
  readonly of: (protocol: Protocol) => ReadonlyArray<A>
  readonly data: (one: A) => object
  readonly row: (one: A) => ReadonlyArray<string>
}

const kind = <A>(kind: Kind<A>) => ({
  data: (protocol: Protocol) => kind.of(protocol).map((one) => ({ protocol: protocol.protocol, ...kind.data(one) })),
  rows: (protocol: Protocol) => kind.of(protocol).map(kind.row)
})

const kinds = {
  laws: kind({
    of: ({ laws }) => laws,
    data: ({ id, modality, sentence, source, reading }) => ({
      id,
      modality,
      sentence,
      source,
      ...(reading === undefined ? {} : { reading })
    }),
    row: ({ id, modality, sentence }) => [id, modality, sentence]
  }),
  scopes: kind({
    of: ({ scopes }) => scopes,
    data: ({ name, about, pinned, mustFail }) => ({ name, about, pinned, mustFail }),
    row: ({ name, about, pinned, mustFail }) => {
      const broken = mustFail.map(({ law, length }) => `${law} in ${length}`).join(", ")
      return [name, count(pinned.distinct), broken === "" ? about : `${about} Breaks ${broken}.`]
    }
  }),
  roles: kind({
    of: ({ checks }) => checks,
    data: ({ role, environment, way, implementation, runs }) => ({ role, environment, way, implementation, runs }),
    row: ({ role, environment, way, implementation, runs }) => [
      role,
      way,
      `${implementation}${environment === "" ? "" : `, ${environment}`}, ${count(runs)} runs unless told`
    ]
  }),
  mutants: kind({
    of: ({ protocol }) => museums.filter((museum) => museum.protocol === protocol).flatMap(({ mutants }) => mutants),
    data: ({ id, sentence, origin, breaks }) => ({ id, sentence, origin, breaks }),
    row: ({ id, sentence, breaks }) => [id, breaks.join(" "), sentence]
  }),
  systems: kind({
    of: standingOf,
    data: ({ what, there = null }) => ({ what, there }),
    row: ({ what, there = "none" }) => [what, there]
  })
}

export const addList = (program: Command, shell: Shell, finish: Finish): void => {
  program
    .command("list")
    .description("list laws, scopes, roles, mutants or how far systems are")
    .addArgument(new Argument("<what>", "what to list").choices(Object.keys(kinds)))
    .argument("[protocol]", "of this protocol only")
    .option("--json", "print one JSON document")
    .action((what: keyof typeof kinds, protocol: string | undefined, options: { readonly json?: boolean }) =>
      finish(listing(what, protocol, options.json === true, shell))
    )
}

const listing = (what: keyof typeof kinds, name: string | undefined, json: boolean, shell: Shell): ExitStatus => {
  const protocols = protocolsFor(name)
  if (json) {
    printJson(shell, { [what]: protocols.flatMap(kinds[what].data) })
    return exitStatus.pass
  }
  for (const protocol of protocols) {
    const rows = kinds[what].rows(protocol)
    shell.print(rows.length === 0 ? `${protocol.protocol} has no ${what}` : protocol.protocol)
    if (rows.length > 0) shell.print(columns(rows, shell.style.width))
  }
  return exitStatus.pass
}
