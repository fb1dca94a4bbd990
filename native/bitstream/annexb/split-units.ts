/** Units of an Annex B byte stream (H.264 and H.265, annex B): between start codes of three bytes, zeros around them left out. */

/** Subarrays of `stream`, in order; empty units are left out. */
export function splitUnits(stream: Buffer): Buffer[] {
  const units: Buffer[] = [];
  let start = stream.indexOf(startCode);
  while (start >= 0) {
    const next = stream.indexOf(startCode, start + 3);
    let end = next < 0 ? stream.length : next;
    // trailing_zero_8bits, and the zero byte of a longer start code
    while (end > start + 3 && stream[end - 1] === 0) end--;
    if (end > start + 3) units.push(stream.subarray(start + 3, end));
    start = next;
  }
  return units;
}

const startCode = Buffer.from([0, 0, 1]);

/** The units with lengths of four bytes before them. */
export function withLengths(units: readonly Uint8Array[]): Buffer {
  const out = Buffer.allocUnsafe(units.reduce((total, unit) => total + 4 + unit.length, 0));
  let at = 0;
  for (const unit of units) {
    out.writeUInt32BE(unit.length, at);
    out.set(unit, at + 4);
    at += 4 + unit.length;
  }
  return out;
}
