/** What a commit of group 0 changes, in words. */
import type { SessionId } from "../../../spec/sessions/ids.ts"
import { type Metadata, type Replica, type Tablet, type Topology, tablesOf } from "../../../spec/sessions/metadata.ts"
import { listed, place } from "./words.ts"

/** The changes, one phrase each. Where nothing is known of what was before, nothing was going on. */
export const changes = (before: Metadata | null, after: Metadata): ReadonlyArray<string> => {
  const phrases = [
    ...after.tablets.flatMap((tablet) => ofTablet(tabletIn(before, tablet), tablet)),
    ...(before?.tablets ?? [])
      .filter(({ tablet }) => after.tablets.every((other) => other.tablet !== tablet))
      .map(({ tablet }) => `${tablet} is ${before?.resize === "merge" ? "merged" : "dropped"}`),
    ...(after.resize === undefined || after.resize === before?.resize ? [] : [`a ${after.resize} is decided`]),
    ...(before?.resize === "split" && after.resize === undefined
      ? after.tablets.filter(isNewIn(before)).map(split)
      : []),
    ...(after.topology === undefined ? [] : ofTopology(before?.topology, after.topology)),
    ...ofSession(before?.session ?? null, after.session),
    ...after.ignored.filter((node) => !before?.ignored.includes(node)).map((node) => `${node} is ignored from now on`),
    ...(before !== null && after.fence > before.fence ? [`the fence rises to version ${after.fence}`] : [])
  ]
  if (phrases.length > 0) return phrases
  return before === null || before.version === after.version ? ["nothing new"] : [`version ${after.version}`]
}

const isNewIn =
  (before: Metadata) =>
  ({ tablet }: Tablet): boolean =>
    before.tablets.every((other) => other.tablet !== tablet)

const split = ({ tablet, replicas }: Tablet): string => `${tablet} is split off, on ${places(replicas)}`

const tabletIn = (metadata: Metadata | null, { tablet }: Tablet): Tablet | undefined =>
  metadata?.tablets.find((other) => other.tablet === tablet)

const ofTablet = (before: Tablet | undefined, row: Tablet): ReadonlyArray<string> => {
  const { replicas, transition } = row
  const tablet = listed(tablesOf(row))
  const earlier = before?.transition ?? null
  if (transition === null) {
    if (earlier === null) return []
    const end = `the ${inWords(earlier.kind)} of ${tablet} is over, ${row.tablet} is on ${places(replicas)}`
    return [end, ...ofSession(earlier.session, null)]
  }
  const session = ofSession(earlier?.session ?? null, transition.session)
  if (earlier === null) {
    const way = same(replicas, transition.next)
      ? `on ${places(replicas)}`
      : `from ${places(replicas)} to ${places(transition.next)}`
    return [`a ${inWords(transition.kind)} of ${tablet} ${way} begins at ${transition.stage}`, ...session]
  }
  return [...(earlier.stage === transition.stage ? [] : [`${row.tablet} goes to ${transition.stage}`]), ...session]
}

const ofSession = (before: SessionId | null, after: SessionId | null): ReadonlyArray<string> => {
  if (before === after) return []
  return [...(before === null ? [] : [`${before} is removed`]), ...(after === null ? [] : [`${after} is set`])]
}

const ofTopology = (before: Topology | undefined, after: Topology): ReadonlyArray<string> => {
  const { current, over, owners, dirty } = after
  const known = [...(before?.queue ?? []), ...(before?.current ? [before.current] : [])]
  const asked = [...after.queue, ...(current === null ? [] : [current])].filter(({ request }) =>
    known.every((other) => other.request !== request)
  )
  const same = before?.current?.request === current?.request ? before?.current : undefined
  return [
    ...asked.map(({ request, kind, node }) => `${request} is asked for: ${kind}${node === null ? "" : ` of ${node}`}`),
    ...(current === null || same?.stage === current.stage ? [] : [`${current.request} goes to ${current.stage}`]),
    ...(current?.failed === true && same?.failed === false ? [`${current.request} has failed`] : []),
    ...over
      .filter(({ request }) => before?.over.every((other) => other.request !== request) ?? true)
      .map(({ request, ok }) => `${request} ${ok ? "has succeeded" : "has failed"}`),
    ...(before === undefined || String(before.owners) === String(owners) ? [] : [`the range is ${listed(owners)}'s`]),
    ...dirty.filter((node) => !before?.dirty.includes(node)).map((node) => `${node} has data to drop`)
  ]
}

const places = (replicas: ReadonlyArray<Replica>): string => listed(replicas.map(place))

const same = (some: ReadonlyArray<Replica>, others: ReadonlyArray<Replica>): boolean => places(some) === places(others)

const inWords = (kind: string): string => kind.replaceAll("_", " ")
