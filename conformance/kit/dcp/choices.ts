/** What the environment of a DCP system chose in a move, told apart from what the connections made of it. */
import type { DcpLabel } from "../../../spec/dcp/labels.ts"
import type { Step } from "../part.ts"

/** The first label says what was chosen; what follows it follows from it. */
export const dcpChoice = (labels: ReadonlyArray<DcpLabel>): unknown => {
  const [label] = labels
  if (label === undefined) return null
  switch (label._tag) {
    case "ConsumerStep":
    case "ProducerStep":
      return label.input
    default:
      return label
  }
}

/** Simpler steps: fewer packets in a chunk, fewer vBuckets in a call. */
export const simplerSteps = ({ rule, choice }: Step): ReadonlyArray<Step> => {
  const { packets, request } = choice as { readonly packets?: unknown; readonly request?: unknown }
  if (Array.isArray(packets)) {
    const less = withoutOne(packets).filter(({ length }) => length > 0)
    return less.map((packets) => ({ rule: ruleFor(rule, packets.length), choice: { ...Object(choice), packets } }))
  }
  const { vbuckets } = Object(request) as { readonly vbuckets?: unknown }
  if (!Array.isArray(vbuckets)) return []
  return withoutOne(vbuckets).map((vbuckets) => ({
    rule,
    choice: { ...Object(choice), request: { ...Object(request), vbuckets } }
  }))
}

const withoutOne = (all: ReadonlyArray<unknown>): ReadonlyArray<ReadonlyArray<unknown>> =>
  all.map((_, position) => all.toSpliced(position, 1))

/** A connection alone has rules of their own for chunks and for single packets. */
const ruleFor = (rule: string, packets: number): string =>
  packets === 1 ? rule.replace("chunk from", "packet from") : rule

/** Fields that count how often something happened before, so that a shorter story may number them anew. */
export const renumbered: ReadonlySet<string> = new Set(["call", "opaque"])
