/** Messages of an SEI unit (H.264, 7.3.2.3.1; H.265, 7.3.5): type and size in bytes of 255 and a last one. */
export type SeiMessage = { readonly type: number; readonly payload: Uint8Array; /** Where the next one begins. */ readonly end: number };

/** The message at `at` of an RBSP; a size that lies is cut to what is there. */
export function seiMessage(rbsp: Uint8Array, at: number): SeiMessage {
  let next = at;
  const number = (): number => {
    let value = 0;
    while (rbsp[next] === 255) value += rbsp[next++] ?? 0;
    return value + (rbsp[next++] ?? 0);
  };
  const type = number();
  const size = number();
  return { type, payload: rbsp.subarray(next, next + size), end: next + size };
}
