/**
 * A table is split or merged: decided at any moment, and carried out when none of its tablets is in transition.
 *
 * Reading: the dossier says that a guard minds the table's count of tablets (2.8), and not when that may change. The halves of a
 * tablet lie where it lay and no request goes elsewhere, so no barrier comes before; that no operation is left is seen to by the
 * barriers at the ends of transitions. Two tablets are merged only where they lie on the same replicas.
 */
import type { ClusterLabel } from "../../../spec/sessions/labels.ts"
import {
  type Metadata,
  type Position,
  sameReplica,
  type Tablet,
  type Version
} from "../../../spec/sessions/metadata.ts"
import { write } from "../../kernel/cell.ts"
import { type Firing, type Rule, rulesOf } from "../../kernel/system.ts"
import type { Bounds } from "./bounds.ts"
import type { ClusterCells } from "./cells.ts"
import { otherHalf, tabletName } from "./names.ts"
import { tabletOf } from "./operations.ts"
import type { Variant } from "./variant.ts"

const on = rulesOf<ClusterLabel>()

/** The decision, which changes no tablet yet. Source: service/tablet_allocator.cc, resize decisions. */
export const decidesResize = (cells: ClusterCells, resize: NonNullable<Bounds["resize"]>): Rule<ClusterLabel> =>
  on(
    `operator decides a ${resize}`,
    { actor: "operator", fair: "none", reads: [cells.mayResize, cells.head] },
    (left, { at, metadata }): ReadonlyArray<Firing<ClusterLabel>> => {
      if (left === 0 || tabletOf(metadata, tabletName) === undefined) return []
      const changed: Metadata = { ...metadata, version: (metadata.version + 1) as Version, resize }
      return [
        {
          labels: [{ _tag: "Committed", by: { _tag: "Operator" }, at: (at + 1) as Position, metadata: changed }],
          writes: [write(cells.group0, { commit: changed }), write(cells.mayResize, "spend")]
        }
      ]
    }
  )

/** The tablets once a resize is carried out, null where there is none to do or it has to wait. */
export const resized = ({ resizes }: Variant, { tablets, resize }: Metadata): ReadonlyArray<Tablet> | null => {
  const halves = tablets.filter(({ tablet }) => tablet === tabletName || tablet === otherHalf)
  const [own, other] = halves
  if (resize === undefined || own === undefined) return null
  if (resizes === "whenIdle" && halves.some(({ transition }) => transition !== null)) return null
  if (resize === "split") return tablets.flatMap((row) => (row === own ? [row, halfOf(row)] : [row]))
  return other !== undefined && isTogether(own, other) ? tablets.filter((row) => row !== other) : null
}

const halfOf = ({ replicas }: Tablet): Tablet => ({ tablet: otherHalf, replicas, transition: null })

const isTogether = (one: Tablet, other: Tablet): boolean =>
  one.replicas.length === other.replicas.length &&
  one.replicas.every((replica) => other.replicas.some((place) => sameReplica(replica, place)))
