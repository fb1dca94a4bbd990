/** H.264 as MXF holds it (SMPTE ST 381-3): start codes, and the parameter sets before every picture at which decoding can start. */
import { StringoutError } from '../../../app/base/errors.ts';
import type { PictureFormat } from '../../../app/domain/source.ts';
import { parseAvcRecord } from '../../bitstream/rewrite/configuration-records.ts';
import { withColour } from '../../bitstream/rewrite/merge-configs.ts';

const startCode = Uint8Array.of(0, 0, 0, 1);
const accessUnitDelimiter = 9;
const parameterSets: ReadonlySet<number> = new Set([7, 8]);

export class AnnexBWriter {
  readonly #lengthSize: number;
  readonly #sets: readonly Uint8Array[];
  #target = Buffer.allocUnsafe(64 * 1024);

  /** `config`: avcC. Colour is written into sets that tell none. Throws `input.damaged`. */
  constructor(config: Uint8Array, format: PictureFormat) {
    const { lengthSize, sps, pps } = parseAvcRecord(withColour(config, format.colour, format.range));
    this.#lengthSize = lengthSize;
    this.#sets = [...sps, ...pps];
  }

  /** Valid until the next call. Throws `input.damaged` where the sample is no row of whole NAL units. */
  convert(sample: Uint8Array, isKey: boolean): Uint8Array {
    const units = this.#units(sample);
    const isDelimiter = (unit: Uint8Array): boolean => ((unit[0] ?? 0) & 31) === accessUnitDelimiter;
    const parts = isKey
      ? [...units.filter(isDelimiter), ...this.#sets, ...units.filter((unit) => !isDelimiter(unit) && !parameterSets.has((unit[0] ?? 0) & 31))]
      : units;
    const length = parts.reduce((sum, unit) => sum + startCode.length + unit.length, 0);
    if (this.#target.length < length) this.#target = Buffer.allocUnsafe(2 * length);
    let at = 0;
    for (const unit of parts) {
      this.#target.set(startCode, at);
      this.#target.set(unit, at + startCode.length);
      at += startCode.length + unit.length;
    }
    return this.#target.subarray(0, length);
  }

  #units(sample: Uint8Array): Uint8Array[] {
    const units: Uint8Array[] = [];
    for (let at = 0; at < sample.length;) {
      let length = 0;
      for (let i = 0; i < this.#lengthSize; i++) length = length * 256 + (sample[at + i] ?? 0);
      const start = at + this.#lengthSize;
      if (length < 1 || start + length > sample.length) throw new StringoutError('input.damaged', 'a sample does not consist of whole NAL units');
      units.push(sample.subarray(start, start + length));
      at = start + length;
    }
    return units;
  }
}
