import { expect, test } from 'vitest';
import { rowFrom, selectRow, type SelectedRows } from './select-shots.ts';

const order = [5, 3, 9, 1, 7];
const plain = { isExtending: false, isToggling: false };
const none: SelectedRows = { ids: new Set(), anchor: null, active: null };

test('Shift selects from where the last plain click was, in the order shown, in both directions', () => {
  const first = selectRow(none, 9, order, plain);
  expect([...selectRow(first, 7, order, { ...plain, isExtending: true }).ids]).toEqual([9, 1, 7]);
  expect([...selectRow(selectRow(first, 7, order, { ...plain, isExtending: true }), 5, order, { ...plain, isExtending: true }).ids]).toEqual([5, 3, 9]);
});

test('Control adds and takes away one', () => {
  const two = selectRow(selectRow(none, 5, order, plain), 1, order, { ...plain, isToggling: true });
  expect([...two.ids]).toEqual([5, 1]);
  expect([...selectRow(two, 5, order, { ...plain, isToggling: true }).ids]).toEqual([1]);
});

test('keys start at an end and stay inside', () => {
  expect([rowFrom(null, order, 1), rowFrom(null, order, -1), rowFrom(7, order, 10), rowFrom(5, order, -1), rowFrom(null, [], 1)]).toEqual([5, 7, 7, 5, null]);
});
