// Goal: an address is read as people write it. Method: a table.
import { expect, test } from "vitest"
import { type Address, addressIn } from "./socket-link.ts"

const texts: ReadonlyArray<readonly [text: string, address: Address | undefined]> = [
  ["localhost:7000", { host: "localhost", port: 7_000 }],
  ["127.0.0.1:1", { host: "127.0.0.1", port: 1 }],
  ["[::1]:7000", { host: "::1", port: 7_000 }],
  ["a.example:65535", { host: "a.example", port: 65_535 }],
  ["unix:/tmp/adapter", { path: "/tmp/adapter" }],
  ["unix:relative", { path: "relative" }],
  ["unix:/tmp/with:colon", { path: "/tmp/with:colon" }],
  ["unix:", undefined],
  ["localhost", undefined],
  ["localhost:", undefined],
  [":7000", undefined],
  ["localhost:0", undefined],
  ["localhost:65536", undefined],
  ["localhost:x", undefined],
  ["::1:7000", undefined],
  ["http://localhost:7000", undefined],
  ["", undefined]
]

test.each(texts)("kit: address: %s", (text, address) => {
  expect(addressIn(text)).toEqual(address)
})
