/** Where a law is written down. */

const folders: Readonly<Record<string, string>> = {
  DCP: "dcp",
  SES: "sessions",
  VB: "view-building",
  RU: "raft-upgrade"
}

/** The place of a law in the specification: `DCP-L1` is at `spec/dcp/README.md#l1`. */
export const lawReference = (id: string): string => {
  const [prefix = "", number = ""] = id.split(/-(.*)/s)
  return `spec/${folders[prefix] ?? prefix.toLowerCase()}/README.md#${number.toLowerCase()}`
}
