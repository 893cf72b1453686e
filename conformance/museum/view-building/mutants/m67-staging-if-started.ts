import { mutant } from "../mutant.ts"

/** Between the two clients' writes come to the view, and a deletion from elsewhere would not: a build writes what is alive. */
export const M67 = mutant(
  "M67",
  {
    sentence: "Rows from elsewhere go into staging only once a view is STARTED, and not from its creation on.",
    origin: "as shipped: db/view/view.cc check_needs_view_update_path; found by a storm",
    breaks: ["D2"],
    seenIn: "a deletion comes from elsewhere before a view is started"
  },
  { worker: { stages: "ifStarted" } }
)
