import { describe, expect, it } from "vitest"
import { Opaque, Status } from "../../spec/ids.ts"
import { endReasonName, opaqueName, statusName, vbucketStateName } from "./dcp-names.ts"

describe("report: dcp names", () => {
  it("prints opaques that may be vBucket ids as decimals, stream opaques as header bytes", () => {
    expect(opaqueName(Opaque.make(65535))).toBe("65535")
    expect(opaqueName(Opaque.make(0x10000))).toBe("0x10000")
    expect(opaqueName(Opaque.make(0x1d000000))).toBe("0x1d000000")
  })

  it("names statuses, and numbers those that have no name", () => {
    const names = [0, 1, 7, 0x0a, 0x23, 0x85, 0x1234].map((status) => statusName(Status.make(status)))
    expect(names).toEqual(["ok", "KeyEnoent", "NotMyVbucket", "DcpStreamNotFound", "Rollback", "Ebusy", "0x1234"])
  })

  it("names the reasons of an end and the states of a vBucket", () => {
    expect([0, 2, 8, 9].map(endReasonName)).toEqual(["Ok", "StateChanged", "LostPrivileges", "0x09"])
    expect([1, 4, 7].map(vbucketStateName)).toEqual(["active", "dead", "7"])
  })
})
