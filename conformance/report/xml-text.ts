/** Text inside XML and HTML. */
import { sanitize } from "./terminal-text.ts"

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
}

/** The text as element content or attribute value, in XML and in HTML, without control characters. */
export const escapeXml = (text: string): string =>
  sanitize(text).replace(/[&<>"']/g, (character) => entities[character] ?? "")
