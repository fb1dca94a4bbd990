/** Emulation prevention (H.264 7.4.1.1, H.265 7.4.2): after two zero bytes, a byte of 0..3 is preceded by a 3. */

export function unescape(nal: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(nal.length);
  let length = 0;
  let zeros = 0;
  for (const byte of nal) {
    if (zeros >= 2 && byte === 3) {
      zeros = 0;
      continue;
    }
    zeros = byte === 0 ? zeros + 1 : 0;
    out[length++] = byte;
  }
  return out.slice(0, length);
}

export function escape(rbsp: Uint8Array): Uint8Array<ArrayBuffer> {
  const out: number[] = [];
  let zeros = 0;
  for (const byte of rbsp) {
    zeros = pushEscaped(out, byte, zeros);
  }
  // A NAL never ends in a zero byte (7.4.1: cabac_zero_words are followed by 3).
  if (zeros > 0) out.push(3);
  return Uint8Array.from(out);
}

/**
 * The head of a NAL replaced: its first `headLength` unescaped bytes by `head`. Returns how many bytes of the NAL are replaced by
 * what, so that all behind stay as they are. Null: more of the NAL is needed than the `prefix` that was given.
 */
export function replaceHead(prefix: Uint8Array, isWhole: boolean, headLength: number, head: Uint8Array): { removed: number; inserted: Uint8Array<ArrayBuffer> } | null {
  const out: number[] = [];
  let newZeros = 0;
  for (const byte of head) newZeros = pushEscaped(out, byte, newZeros);
  let oldZeros = 0;
  let taken = 0;
  for (let at = 0; at < prefix.length; at++) {
    // From here on the escaping of both is the same.
    if (taken >= headLength && oldZeros === newZeros) return { removed: at, inserted: Uint8Array.from(out) };
    const byte = prefix[at] ?? 0;
    if (oldZeros >= 2 && byte === 3) {
      oldZeros = 0;
      // At the end of a NAL the 3 closes a run of zeros and escapes nothing.
      if (taken >= headLength && isWhole && at === prefix.length - 1) {
        out.push(3);
        newZeros = 0;
      }
      continue;
    }
    oldZeros = byte === 0 ? oldZeros + 1 : 0;
    if (taken >= headLength) newZeros = pushEscaped(out, byte, newZeros);
    taken++;
  }
  return isWhole && taken >= headLength ? { removed: prefix.length, inserted: Uint8Array.from(out) } : null;
}

function pushEscaped(out: number[], byte: number, zeros: number): number {
  let run = zeros;
  if (run >= 2 && byte <= 3) {
    out.push(3);
    run = 0;
  }
  out.push(byte);
  return byte === 0 ? run + 1 : 0;
}
