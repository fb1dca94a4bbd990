/** The one row of the sequence. */
import type Database from 'better-sqlite3';
import type { Sequence } from '../../domain/project/project.ts';
import type { Rational } from '../../domain/rational.ts';
import { isBoolean, isString, nullOr, shape } from '../shape.ts';
import { fromBoolean, isInteger, isPositive, toBoolean, type SqlValue } from './columns.ts';

const isSequence = shape<Sequence>({
  name: isString, rate: shape<Rational>({ num: isPositive, den: isPositive }), isRateSet: isBoolean, startFrame: isInteger, dropFrame: isBoolean,
  markIn: nullOr(isInteger), markOut: nullOr(isInteger),
});

export class SequenceTable {
  readonly #get: Database.Statement<[], unknown[]>;
  readonly #put: Database.Statement<SqlValue[]>;

  constructor(database: Database.Database) {
    this.#get = database.prepare<[], unknown[]>(
      'SELECT name, rate_num, rate_den, is_rate_set, start_frame, drop_frame, mark_in, mark_out FROM sequence WHERE id = 1',
    ).raw();
    this.#put = database.prepare<SqlValue[]>(`
      INSERT OR REPLACE INTO sequence (id, name, rate_num, rate_den, is_rate_set, start_frame, drop_frame, mark_in, mark_out)
      VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)
    `);
  }

  /** Null where it cannot be read. */
  get(): Sequence | null {
    const values = this.#get.get();
    if (!values) return null;
    const [name, num, den, isRateSet, startFrame, dropFrame, markIn, markOut] = values;
    const row: unknown = { name, rate: { num, den }, isRateSet: toBoolean(isRateSet), startFrame, dropFrame: toBoolean(dropFrame), markIn, markOut };
    return isSequence(row) ? row : null;
  }

  put(sequence: Sequence): void {
    const { name, rate, isRateSet, startFrame, dropFrame, markIn, markOut } = sequence;
    this.#put.run(name, rate.num, rate.den, fromBoolean(isRateSet), startFrame, fromBoolean(dropFrame), markIn, markOut);
  }

  isSequence(value: unknown): value is Sequence {
    return isSequence(value);
  }
}
