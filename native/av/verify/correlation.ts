/** Cross-correlation of real signals by a radix-2 fast Fourier transform. */

/** sum over i of a[i] * b[i + lag], for lag 0..b.length - a.length. */
export function correlate(a: Float32Array, b: Float32Array): Float64Array {
  let size = 1;
  while (size < a.length + b.length) size *= 2;
  const [aRe, aIm] = transform(padded(a, size), new Float64Array(size));
  const [bRe, bIm] = transform(padded(b, size), new Float64Array(size));
  // conj(A) * B, with the imaginary part negated: a forward transform of that is the inverse one, up to sign and scale.
  for (let i = 0; i < size; i++) {
    const re = (aRe[i] ?? 0) * (bRe[i] ?? 0) + (aIm[i] ?? 0) * (bIm[i] ?? 0);
    const im = (aRe[i] ?? 0) * (bIm[i] ?? 0) - (aIm[i] ?? 0) * (bRe[i] ?? 0);
    bRe[i] = re;
    bIm[i] = -im;
  }
  const [sums] = transform(bRe, bIm);
  return sums.subarray(0, b.length - a.length + 1).map((sum) => sum / size);
}

function padded(signal: Float32Array, size: number): Float64Array {
  const out = new Float64Array(size);
  out.set(signal);
  return out;
}

/** Forward transform in place (Cooley and Tukey); the length is a power of two. */
function transform(re: Float64Array, im: Float64Array): [Float64Array, Float64Array] {
  const size = re.length;
  reorder(re);
  reorder(im);
  for (let half = 1; half < size; half *= 2) {
    const step = -Math.PI / half;
    for (let k = 0; k < half; k++) {
      const cos = Math.cos(step * k);
      const sin = Math.sin(step * k);
      for (let i = k; i < size; i += 2 * half) {
        const j = i + half;
        const jRe = re[j] ?? 0;
        const jIm = im[j] ?? 0;
        const oddRe = jRe * cos - jIm * sin;
        const oddIm = jRe * sin + jIm * cos;
        const evenRe = re[i] ?? 0;
        const evenIm = im[i] ?? 0;
        re[i] = evenRe + oddRe;
        im[i] = evenIm + oddIm;
        re[j] = evenRe - oddRe;
        im[j] = evenIm - oddIm;
      }
    }
  }
  return [re, im];
}

/** To the order of reversed bits. */
function reorder(values: Float64Array): void {
  const size = values.length;
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    const swapped = values[i] ?? 0;
    values[i] = values[j] ?? 0;
    values[j] = swapped;
  }
}
