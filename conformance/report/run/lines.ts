/**
 * What a check found, as JSON lines: the one thing that is written down, and that every other form of a report is made from.
 *
 * The first line is a header, the last an end with counts, so that a file that was cut is known as such. There is no clock in it.
 */
import { Schema } from "effect"

/** Raised whenever a line changes its meaning or a field is taken away. Fields that are added raise nothing. */
export const formatVersion = 1

const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))

/** How a question was answered, as in `report.ts`. */
export const VerdictWord = Schema.Literals([
  "pass",
  "fail",
  "known-failure",
  "unsupported",
  "not-applicable",
  "unknown",
  "unexpected-pass",
  "flaky",
  "nondeterministic",
  "adapter-error"
])

/** Words of a specification that the check was made with. The hash changes whenever they do. */
export const Spec = Schema.Struct({ name: Schema.String, version: Schema.String, hash: Schema.String })
export type Spec = typeof Spec.Type

/** How far a tour of the bounded role went. */
export const Coverage = Schema.Struct({
  variant: Schema.String,
  /** Transitions taken, each at least once. */
  transitions: Count,
  /** Transitions that are known and were not taken. */
  untried: Count,
  traces: Count,
  inputs: Count,
  /** Why transitions were not taken, where some were not. */
  remains: Schema.optionalKey(Schema.String)
})
export type Coverage = typeof Coverage.Type

const Counted = Schema.Array(Schema.Struct({ name: Schema.String, times: Count }))

/** What walks came by, and how often. What stands there with 0 is what remains. */
export const Exercised = Schema.Struct({
  /** Rules of the environment's models. */
  rules: Counted,
  /** Kinds of inputs that were given. */
  inputs: Counted,
  /** Laws of which something that they remember has happened: the walks in which it did. */
  laws: Counted
})
export type Exercised = typeof Exercised.Type

const Lane = Schema.Struct({ id: Schema.String, title: Schema.String })

const placed = { step: Count }

/** A sequence diagram as a value, so that a story can be drawn again by whoever knows no protocol. */
const Drawn = Schema.Struct({
  title: Schema.String,
  lanes: Schema.Array(Lane),
  events: Schema.Array(
    Schema.TaggedUnion({
      Message: {
        from: Schema.String,
        to: Schema.String,
        text: Schema.String,
        kind: Schema.Literals(["solid", "dashed", "lost"]),
        ...placed
      },
      Note: { lanes: Schema.Array(Schema.String), text: Schema.String, ...placed },
      Death: { lane: Schema.String, text: Schema.String, ...placed }
    })
  )
})

/** The steps as they were, in the protocol's own labels, for tools that know them. */
const Steps = Schema.Array(
  Schema.Struct({ rule: Schema.String, actor: Schema.String, labels: Schema.Array(Schema.Unknown) })
)

const BrokenLaw = Schema.Struct({
  id: Schema.String,
  sentence: Schema.String,
  why: Schema.optionalKey(Schema.String)
})

export const RunLine = Schema.TaggedUnion({
  Header: {
    format: Schema.Literal("portcullis-run"),
    version: Schema.Literal(formatVersion),
    kit: Schema.String,
    seed: Schema.Int,
    specs: Schema.Array(Spec)
  },
  /** One implementation in one role, checked in one way. `number` counts from 1. */
  Role: {
    number: Count,
    protocol: Schema.String,
    role: Schema.String,
    way: Schema.String,
    runs: Count,
    commands: Count,
    verdict: VerdictWord,
    /** What the implementation is written in, as its adapter tells it. */
    language: Schema.optionalKey(Schema.String),
    /** Why nothing can be said. */
    trouble: Schema.optionalKey(Schema.String),
    /** Sentences on what was found besides, such as the variants that explain it. */
    notes: Schema.Array(Schema.String),
    coverage: Schema.optionalKey(Coverage),
    exercised: Schema.optionalKey(Exercised)
  },
  /** What one law says of the role with the number `of`. */
  Law: { of: Count, id: Schema.String, sentence: Schema.String, verdict: VerdictWord },
  /** A question with a stable id: what exit statuses, known failures and comparisons are about. */
  Case: { id: Schema.String, verdict: VerdictWord, why: Schema.optionalKey(Schema.String) },
  /** A difference between an implementation and what is asked of it, with the case that it is a story of. */
  Divergence: {
    number: Count,
    of: Count,
    case: Schema.optionalKey(Schema.String),
    implementation: Schema.String,
    role: Schema.String,
    relation: Schema.Literals(["laws", "follows"]),
    sentence: Schema.String,
    law: Schema.optionalKey(BrokenLaw),
    expected: Schema.Array(Schema.String),
    actual: Schema.Array(Schema.String),
    /** The design that it was held against besides the laws, behind an adapter. */
    variant: Schema.optionalKey(Schema.String),
    replay: Schema.optionalKey(Schema.String),
    /** The message that a person reads, line by line. */
    text: Schema.Array(Schema.String),
    drawn: Drawn,
    story: Steps
  },
  Scope: {
    protocol: Schema.optionalKey(Schema.String),
    scope: Schema.String,
    distinct: Count,
    generated: Count,
    depth: Count,
    laws: Schema.String,
    asExpected: Schema.Boolean,
    partial: Schema.optionalKey(Schema.Boolean),
    /** What is not as pinned, one sentence each. */
    surprises: Schema.Array(Schema.String)
  },
  /** A law that a scope of the model breaks though it must not. */
  Counterexample: {
    number: Count,
    case: Schema.String,
    law: BrokenLaw,
    where: Schema.String,
    text: Schema.Array(Schema.String),
    drawn: Drawn,
    replay: Schema.optionalKey(Schema.String)
  },
  End: {
    /** The word of the exit status: `pass`, `fail`, `unknown`, `adapter trouble`. */
    verdict: Schema.Literals(["pass", "fail", "unknown", "adapter trouble", "usage"]),
    roles: Count,
    laws: Count,
    cases: Count,
    divergences: Count,
    scopes: Count,
    counterexamples: Count
  }
})
export type RunLine = typeof RunLine.Type

/** The lines of a run that are of one kind. */
export type LineOf<Tag extends RunLine["_tag"]> = Extract<RunLine, { readonly _tag: Tag }>
