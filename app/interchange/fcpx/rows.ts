/** Storylines and single clips of each lane become tracks: one after another, gaps between them, a further track where they overlap. */
import type { Rational } from '../../domain/rational.ts';
import type { DocumentClip, DocumentGap, DocumentStack, DocumentTrack, DocumentTransition } from '../document.ts';
import { emptyTrack } from '../xml/place.ts';

/** In frames of the timeline; a transition's are those of its cut. */
export type Entry = { readonly item: DocumentClip | DocumentStack | DocumentGap | DocumentTransition; readonly start: number; readonly end: number };
/** Entries that belong together, in order, without overlap. */
export type Group = { readonly lane: number; readonly isSound: boolean; readonly entries: readonly Entry[] };

/** Pictures bottom first, then sounds. The storyline that others hang on is marked. */
export function tracksOfGroups(primary: Group, connected: readonly Group[], rate: Rational): DocumentTrack[] {
  const main = { ...trackOf([primary], rate), metadata: { fcpx: { primary: true } } };
  const rows = new Map<number, DocumentTrack[]>();
  const sounds = new Map<number, DocumentTrack[]>();
  for (const lane of new Set(connected.map((group) => group.lane))) {
    const here = connected.filter((group) => group.lane === lane);
    rows.set(lane, rowsOf(here.filter((group) => !group.isSound)).map((row) => trackOf(row, rate)));
    sounds.set(lane, rowsOf(here.filter((group) => group.isSound)).map((row) => trackOf(row, rate)));
  }
  const lanes = [...rows.keys()].toSorted((a, b) => a - b);
  const pictures = (chosen: readonly number[]): DocumentTrack[] => chosen.flatMap((lane) => rows.get(lane) ?? []);
  const soundLanes = [...lanes.filter((lane) => lane > 0), ...lanes.filter((lane) => lane <= 0).toReversed()];
  return [
    ...pictures(lanes.filter((lane) => lane < 0)), ...(primary.isSound ? [] : [main]), ...pictures(lanes.filter((lane) => lane >= 0)),
    ...(primary.isSound ? [main] : []), ...soundLanes.flatMap((lane) => sounds.get(lane) ?? []),
  ];
}

function rowsOf(groups: readonly Group[]): Group[][] {
  const rows: Group[][] = [];
  for (const group of groups.toSorted((a, b) => startOf(a) - startOf(b))) {
    const row = rows.find((other) => other.every((placed) => endOf(placed) <= startOf(group)));
    if (row) row.push(group);
    else rows.push([group]);
  }
  return rows;
}

function startOf({ entries }: Group): number {
  return entries[0]?.start ?? 0;
}

function endOf({ entries }: Group): number {
  return entries.at(-1)?.end ?? 0;
}

function trackOf(groups: readonly Group[], rate: Rational): DocumentTrack {
  let at = 0;
  const items = groups.flatMap(({ entries }) => entries).flatMap(({ item, start, end }) => {
    const hole = start - at;
    at = Math.max(at, end);
    return hole > 0 ? [gapOf(hole, rate), item] : [item];
  });
  return emptyTrack(groups[0]?.isSound === true ? 'audio' : 'video', items);
}

function gapOf(frames: number, rate: Rational): DocumentGap {
  return { kind: 'gap', name: '', isEnabled: true, duration: { value: frames, rate }, effects: [], markers: [], metadata: {} };
}
