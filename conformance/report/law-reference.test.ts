import { describe, expect, it } from "vitest"
import { lawReference } from "./law-reference.ts"

describe("report: law reference", () => {
  it("points at the law's heading in its protocol", () => {
    expect(lawReference("DCP-L1")).toBe("spec/dcp/README.md#l1")
    expect(lawReference("SES-S6")).toBe("spec/sessions/README.md#s6")
    expect(lawReference("VB-L6w")).toBe("spec/view-building/README.md#l6w")
    expect(lawReference("RU-S10")).toBe("spec/raft-upgrade/README.md#s10")
  })
})
