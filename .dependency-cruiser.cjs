// The table of allowed imports (design, section 7). Each rule says who may not reach whom, and why.
const tests = "\\.(test|bench|test-support)\\.ts$"

module.exports = {
  forbidden: [
    {
      name: "spec-knows-only-effect",
      comment: "The spec is words: it imports effect and itself, so that whoever audits it needs nothing else.",
      severity: "error",
      from: { path: "^spec/", pathNot: tests },
      to: { pathNot: "^spec/|^node_modules/effect/" }
    },
    {
      name: "model-is-pure",
      comment: "The model runs in a browser: spec and effect only, no node:*, no impl, no conformance.",
      severity: "error",
      from: { path: "^model/", pathNot: tests },
      to: { pathNot: "^(model|spec)/|^node_modules/effect/" }
    },
    {
      name: "impl-never-sees-the-model",
      comment: "A comparison of the model with itself would be worth nothing.",
      severity: "error",
      from: { path: "^impl/" },
      to: { path: "^(model|conformance|docs)/" }
    },
    {
      name: "impl-never-sees-the-laws",
      comment: "The twin is judged by the laws and may not read them.",
      severity: "error",
      from: { path: "^impl/" },
      to: { path: "^spec/", pathNot: ["/(ids|messages|metadata|labels|selectors|states)\\.ts$", "/messages/"] }
    },
    {
      name: "impl-knows-effect-and-node",
      comment: "The implementation brings no third-party code but effect.",
      severity: "error",
      from: { path: "^impl/", pathNot: tests },
      to: { pathNot: "^(impl|spec)/|^node_modules/effect/", dependencyTypesNot: ["core"] }
    },
    {
      name: "conformance-meets-impl-only-in-adapters-and-museum",
      comment: "The kit judges any implementation, so only adapters and mutants may know ours.",
      severity: "error",
      from: { path: "^conformance/", pathNot: `^conformance/(adapters|museum)/|${tests}` },
      to: { path: "^impl/" }
    },
    {
      name: "nothing-imports-docs",
      comment: "Documents use the package; nothing uses them.",
      severity: "error",
      from: { path: "^(spec|model|impl|conformance)/" },
      to: { path: "^docs/" }
    },
    {
      name: "spec-and-model-tests-stay-below-conformance",
      comment: "A test may use what its layer may, plus vitest and fast-check, and never reaches up the arrow.",
      severity: "error",
      from: { path: `^(spec|model)/.*${tests}` },
      to: { path: "^(impl|conformance|docs)/" }
    },
    {
      name: "spec-tests-stay-in-spec",
      comment: "A test may use what its layer may, plus vitest and fast-check, and never reaches up the arrow.",
      severity: "error",
      from: { path: `^spec/.*${tests}` },
      to: { path: "^model/" }
    },
    {
      name: "no-cycles",
      comment: "A cycle hides which part stands on which.",
      severity: "error",
      from: {},
      to: { circular: true }
    },
    {
      name: "no-unresolvable",
      comment: "An import that resolves nowhere.",
      severity: "error",
      from: {},
      // What is built to be packed is not there until it is.
      to: { couldNotResolve: true, pathNot: "^(\\.\\./)*dist/" }
    }
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    parser: "swc",
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] }
  }
}
