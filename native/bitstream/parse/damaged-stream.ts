import { StringoutError } from '../../../app/base/errors.ts';

/** A header that cannot be right. */
export function damagedStream(codec: string): StringoutError {
  return new StringoutError('input.damaged', `the ${codec} header of its picture is damaged`);
}
