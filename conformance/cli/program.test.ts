import { describe, expect, it } from "vitest"
import { run } from "./program.ts"
import { portcullis, RecordingShell } from "./shell.test-support.ts"

/** Wrong command lines, and the one line that says what would be right. */
const wrong: ReadonlyArray<readonly [line: string, complaint: string]> = [
  ["chek", "unknown command 'chek'; there is check, explore, museum, replay, report, list, "],
  [
    "explore",
    "missing required argument 'protocol'; usage: portcullis explore [options] <protocol>; protocols: dcp, sessions, view-building, raft-upgrade"
  ],
  ["explore tcp", 'there is no protocol "tcp"; there is dcp, sessions, view-building, raft-upgrade'],
  ["explore dcp --depth 3", "unknown option '--depth'; explore has --scope <name>, --variant <name=value>, "],
  ["explore dcp --scope", "option '--scope <name>' argument missing; explore has --scope <name>, "],
  ["explore dcp --scope nowhere", 'there is no scope of dcp "nowhere"; there is oneStream, '],
  ["explore dcp --scope oneStream --variant endPolicy", 'a parameter is given as NAME=VALUE, not as "endPolicy"'],
  ["explore dcp --scope oneStream --variant colour=red", 'dcp has no parameter "colour"; it has base, endPolicy, '],
  ["explore dcp --scope oneStream --variant __proto__=x", 'dcp has no parameter "__proto__"; it has base, endPolicy, '],
  [
    "explore dcp --scope oneStream --variant endPolicy=pray",
    'dcp parameter endPolicy cannot be "pray"; it can be ignore, errorList, secondList, errorOrCrash, crash'
  ],
  ["explore dcp --scope oneStream --without A9", 'dcp has no assumption "DCP-A9"; it has DCP-A1, '],
  ["explore sessions --without A9", 'sessions has no assumption "SES-A9"; it has SES-F1, '],
  ["explore sessions --scope migration --variant enter=open", 'sessions has no parameter "enter"; it has base, '],
  ["explore sessions --scope registry.oneSession --without F4", 'the registry assumes nothing, so there is no "F4"'],
  ["check --runs 0", '--runs takes a whole number from 1 to 1000000000, not "0"'],
  ["check --runs 1e3", '--runs takes a whole number from 1 to 1000000000, not "1e3"'],
  ["check --seed -1", '--seed takes a whole number from 0 to 2147483647, not "-1"'],
  [
    "check --role king",
    'there is no role "king"; there is consumer-connection, producer-connection, proxy-pair, registry'
  ],
  ["check --role consumer-connection --wire", "consumer-connection is not reached over the wire; there is proxy-pair"],
  ["check dcp tcp", "too many arguments for 'check'. Expected 1 argument but got 2.; usage: portcullis check "],
  ["list rules", "command-argument value 'rules' is invalid for argument 'what'. Allowed choices are laws, scopes, "],
  ["replay", "missing required argument 'file-or-token'; usage: portcullis replay "]
]

describe("cli: usage", () => {
  for (const [line, complaint] of wrong)
    it(`"${line}" is answered with one line that says what there is`, async () => {
      const { status, out, err } = await portcullis(...line.split(" "))
      expect({ status, out }).toEqual({ status: 4, out: "" })
      expect(err.slice(0, "portcullis: ".length + complaint.length)).toBe(`portcullis: ${complaint}`)
      expect(err).toMatch(/^[^\n]+\n$/)
    })

  it("without a command all commands are told, as a complaint", async () => {
    const { status, out, err } = await portcullis()
    expect({ status, out }).toEqual({ status: 4, out: "" })
    for (const command of ["check", "explore", "museum", "replay", "list", "init", "vectors", "judge"])
      expect(err).toContain(`  ${command} `)
  })

  it("help and version are asked for and given", async () => {
    expect(await portcullis("--version")).toMatchObject({ status: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
    expect(await portcullis("explore", "--help")).toMatchObject({ status: 0, err: "" })
  })

  it("a bug of ours is called one, with its stack, and is no verdict on anybody", async () => {
    const shell = new RecordingShell()
    shell.print = () => {
      throw new TypeError("no ink")
    }
    expect(await run(["list", "laws"], shell)).toBe(3)
    expect(shell.err).toMatch(/^portcullis: this is a bug of portcullis: TypeError: no ink\n {4}at /)
  })
})
