/**
 * Text from outside made safe to print.
 *
 * An implementation under test, an adapter or a log may say anything, also bytes that move a cursor, rename a window,
 * fake a line of ours or turn the reading direction around. None of that may reach a terminal or a page.
 */
import { stripVTControlCharacters } from "node:util"

/** Invisible characters that reorder or hide what is read. */
const formats = /\p{Cf}/gu

/** White space, C0, DEL and C1. */
const gaps = /[\s\p{Cc}]+/gu

/** Half a surrogate pair, and code points that are no characters: XML forbids both. */
const malformed = /[\p{Cs}\p{Noncharacter_Code_Point}]/gu

/**
 * The text on one line without control sequences.
 *
 * Line breaks and tabs become a space, so that nothing from outside can look like a line of a report.
 */
export const sanitize = (text: string): string =>
  stripVTControlCharacters(text)
    .replace(formats, "")
    .replace(gaps, (gap) => (/\s/.test(gap) ? " " : ""))
    .replace(malformed, "\ufffd")

/** What a CI server takes as a command when it is printed: at the left edge, or behind blanks, or for some anywhere. */
const commands = /^([^\S\n]*)(?=::)|#(?=#[a-z]*\[)/gm

/** A text in which no line is a command of the server that a check runs on. It is for what people read, so a blank more is no harm. */
export const withoutCommands = (text: string): string =>
  text.replace(commands, (found, blanks: string | undefined) => (blanks === undefined ? `${found} ` : `${blanks}> `))
