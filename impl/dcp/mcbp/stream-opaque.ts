/** The two spellings of a stream opaque (dossier `dcp.md` 1.3). */

/**
 * The header opaque of the stream that an ADD_STREAM response names in its extras, when kv runs on a little-endian host.
 *
 * kv copies its counter into the header opaque without swapping it, but writes it into the extras in network order. The
 * counter 29 thus appears as `1d 00 00 00` in the headers of STREAM_REQ, STREAM_END and every message between them, and
 * as `00 00 00 1d` in the extras. The codec reads both big-endian, as 0x1d000000 and 0x1d, and so keeps what was on the
 * wire; this function leads from one to the other. It is its own inverse. On a big-endian host both are equal.
 */
export function littleEndianHostOpaque(opaque: number): number {
  return ((opaque << 24) | ((opaque & 0xff00) << 8) | ((opaque >>> 8) & 0xff00) | (opaque >>> 24)) >>> 0
}
