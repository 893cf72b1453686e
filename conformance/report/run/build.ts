/** What a check found as the lines of a run. */
import { apartIn, type Counterexample, renderCounterexample } from "../counterexample.ts"
import { type Divergence, divergenceDiagram, divergenceSentence, renderDivergence } from "../divergence.ts"
import type { Exploration, ProtocolResult, Verdict } from "../report.ts"
import { storyDiagram } from "../story.ts"
import type { Coverage, Exercised, LineOf, Spec } from "./lines.ts"
import { type Body, isGreen, type Run, runOf } from "./run.ts"

/** A question with a stable id, and its answer. */
export interface AskedCase {
  readonly id: string
  readonly verdict: Verdict
  readonly why?: string
}

export interface FoundRole extends ProtocolResult {
  readonly trouble?: string
  readonly language?: string
  readonly notes?: ReadonlyArray<string>
  readonly coverage?: Coverage
  readonly exercised?: Exercised
}

export interface FoundScope extends Exploration {
  readonly surprises: ReadonlyArray<string>
}

export interface FoundCounterexample {
  readonly told: Counterexample
  readonly protocol: string
  readonly scope: string
}

export interface Found {
  readonly kit: string
  readonly seed: number
  readonly specs: ReadonlyArray<Spec>
  readonly verdict: LineOf<"End">["verdict"]
  readonly roles: ReadonlyArray<FoundRole>
  readonly scopes: ReadonlyArray<FoundScope>
  readonly counterexamples: ReadonlyArray<FoundCounterexample>
  /** Left out where they follow from roles and scopes. */
  readonly cases?: ReadonlyArray<AskedCase>
  /** The sentence of a law. */
  readonly sentence: (law: string) => string
}

/** The run. */
export const buildRun = (found: Found): Run => {
  const { kit, seed, specs, verdict, roles, scopes, counterexamples } = found
  const cases = found.cases ?? [...roles.flatMap(casesOfRole), ...scopes.map(caseOfScope)]
  let number = 0
  const body: Body = [
    ...roles.flatMap((role, index) => [
      roleLine(role, index + 1),
      ...role.laws.map(({ id, verdict }) => ({
        _tag: "Law" as const,
        of: index + 1,
        id,
        sentence: found.sentence(id),
        verdict
      })),
      ...role.divergences.map((one) => divergenceLine(one, ++number, index + 1, caseOf(one, role, cases)))
    ]),
    ...scopes.map(scopeLine),
    ...counterexamples.map((one) => counterexampleLine(one, ++number)),
    ...cases.map(({ id, verdict, why }) => ({ _tag: "Case" as const, id, verdict, ...whyOf(why) }))
  ]
  return runOf({ _tag: "Header", format: "portcullis-run", version: 1, kit, seed, specs }, body, verdict)
}

const roleLine = (found: FoundRole, number: number): LineOf<"Role"> => {
  const { protocol, role, way, runs, commands, verdict, language, trouble, notes = [], coverage, exercised } = found
  return {
    _tag: "Role",
    number,
    protocol,
    role,
    way,
    runs,
    commands,
    verdict,
    notes,
    ...(language === undefined ? {} : { language }),
    ...(trouble === undefined ? {} : { trouble }),
    ...(coverage === undefined ? {} : { coverage }),
    ...(exercised === undefined ? {} : { exercised })
  }
}

const lawOf = ({
  id,
  sentence,
  why
}: {
  readonly id: string
  readonly sentence: string
  readonly why?: string | undefined
}) => ({
  id,
  sentence,
  ...(why === undefined ? {} : { why })
})

const divergenceLine = (
  found: Divergence,
  number: number,
  of: number,
  shows: string | undefined
): LineOf<"Divergence"> => {
  const { implementation, role, relation, law, expected, actual, variant, replay, story } = found
  return {
    _tag: "Divergence",
    number,
    of,
    ...(shows === undefined ? {} : { case: shows }),
    implementation,
    role,
    relation,
    sentence: divergenceSentence(found),
    ...(law === undefined ? {} : { law: lawOf(law) }),
    expected,
    actual,
    ...(variant === undefined ? {} : { variant }),
    ...(replay === undefined ? {} : { replay }),
    text: renderDivergence({ ...found, picture: `divergence-${number}.svg` }).split("\n"),
    drawn: divergenceDiagram(found),
    story
  }
}

const counterexampleLine = (
  { told, protocol, scope }: FoundCounterexample,
  number: number
): LineOf<"Counterexample"> => {
  const { law, story, where, why, replay } = told
  return {
    _tag: "Counterexample",
    number,
    case: scopeCase(protocol, scope),
    law: lawOf({ ...law, why }),
    where,
    text: renderCounterexample({ ...told, picture: `counterexample-${number}.svg` }).split("\n"),
    drawn: storyDiagram(`${law.id} ${law.sentence}`, story, apartIn(told)),
    ...(replay === undefined ? {} : { replay })
  }
}

const scopeLine = ({
  protocol,
  scope,
  distinct,
  generated,
  depth,
  laws,
  asExpected,
  partial,
  surprises
}: FoundScope) => ({
  _tag: "Scope" as const,
  ...(protocol === undefined ? {} : { protocol }),
  scope,
  distinct,
  generated,
  depth,
  laws,
  asExpected,
  ...(partial === undefined ? {} : { partial }),
  surprises
})

const scopeCase = (protocol: string, scope: string): string => `${protocol}/scopes/${scope}`

const caseOfScope = ({ protocol = "", scope, asExpected, partial, surprises }: FoundScope): AskedCase => ({
  id: scopeCase(protocol, scope),
  verdict: asExpected ? "pass" : partial === true ? "unknown" : "fail",
  ...(surprises.length === 0 ? {} : { why: surprises.join("; ") })
})

const dashed = (text: string): string => text.replaceAll(" ", "-")

/** A role of ours, named by how it was reached, for the same role may be reached in two ways. */
const casesOfRole = ({
  protocol,
  role,
  way,
  laws,
  verdict,
  trouble,
  divergences
}: FoundRole): ReadonlyArray<AskedCase> => {
  const place = `${protocol}/${dashed(role)}/${dashed(way)}`
  const known = verdict === "known-failure"
  const parted = divergences.find(({ relation }) => relation === "follows")
  return [
    { id: `${place}/follows/model`, verdict, ...whyOf(trouble ?? (parted && divergenceSentence(parted))) },
    ...laws.map(
      (law): AskedCase => ({
        id: `${place}/laws/${law.id}`,
        verdict: known && law.verdict === "fail" ? "known-failure" : law.verdict,
        ...whyOf(divergences.find((one) => one.law?.id === law.id)?.law?.why)
      })
    )
  ]
}

const whyOf = (why: string | undefined): { readonly why?: string } => (why === undefined ? {} : { why })

/**
 * The case that a story is about: its law's where nothing was held against it but laws, otherwise the first of its role
 * that asks whether a model is followed.
 */
const caseOf = (
  { law, role: full, expected, actual }: Divergence,
  { protocol, role, way }: FoundRole,
  cases: ReadonlyArray<AskedCase>
): string | undefined => {
  const places = [`${protocol}/${dashed(role)}/${dashed(way)}`, full]
  const red = cases.filter(
    ({ id, verdict }) =>
      places.some((place) => id.startsWith(`${place}/`)) && (!isGreen(verdict) || verdict === "known-failure")
  )
  const ofLaw = red.find(({ id }) => law !== undefined && id.endsWith(`/laws/${law.id}`))
  const parted = red.find(({ id }) => /\/(follows|tour)\//.test(id))
  // What a law alone was held against says what the law asks for, and no output that was due.
  const byLaws = expected.length + actual.length === 0 || (expected.length === 1 && expected[0] === law?.sentence)
  return (byLaws ? (ofLaw ?? parted) : (parted ?? ofLaw))?.id
}
