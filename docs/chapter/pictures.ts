/** Every picture that a document shows, by its place in the repository. */
import { actorsPicture } from "./actors-picture.ts"
import { picture } from "./stories.ts"

export const pictures: Readonly<Record<string, () => string>> = {
  "docs/pictures/mb-53445.svg": () =>
    picture("MB-53445: a stream ends before it is acknowledged, and the caller waits for ever", "beforeFix", "L1"),
  "spec/dcp/pictures/actors.svg": actorsPicture,
  "spec/dcp/pictures/ghost.svg": () =>
    picture("MB-51223: the acknowledgement comes after the end, and a ghost is believed open", "beforeFix", "S4"),
  "spec/dcp/pictures/stale-end.svg": () =>
    picture(
      "As shipped: the late end of an earlier stream removes the one that took its place",
      "asShippedStaleEnds",
      "S4"
    ),
  "spec/dcp/pictures/shut-over-nothing.svg": () =>
    picture("As shipped: a shut that has nothing left to wait for waits all the same", "shutOverSetup", "L4c", {
      base: "reference",
      shutOverNothing: "waits"
    })
}
