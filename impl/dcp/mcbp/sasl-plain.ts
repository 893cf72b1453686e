/** The payload of SASL PLAIN: an empty authorization id, user and password, each after a zero byte (RFC 4616). */

/** The value of a SASL_AUTH request with mechanism PLAIN. */
export function plainCredentials(user: string, password: string): Uint8Array {
  if (user.includes("\0") || password.includes("\0")) throw new RangeError("SASL PLAIN cannot carry a zero byte")
  return new TextEncoder().encode(`\0${user}\0${password}`)
}
