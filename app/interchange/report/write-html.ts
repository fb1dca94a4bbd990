/** A cut as one HTML file that stands alone: a row a shot, with its picture, labels, notes and media. Everything that it shows is in it. */
import { formatRational, type Rational } from '../../domain/rational.ts';
import { formatTimecode, nominalRate } from '../../domain/timecode.ts';
import type { Marker, TimelineDocument, WrittenDocument } from '../document.ts';
import { asPlainPath } from '../media-url.ts';
import { escapeHtml } from './escape-html.ts';
import { reportStyle } from './html-style.ts';
import { recordLabel, type Shot, type ShotList } from './list-shots.ts';

export type ShotMedia = {
  /** As people find it; null: offline. */
  readonly path: string | null;
  /** A data URI of a picture of 16:9; null: none could be made. */
  readonly picture: string | null;
};

export type ReportFacts = {
  /** Of the timeline. */
  readonly file: string;
  readonly format: string;
  /** The day, as it is printed. */
  readonly made: string;
  readonly program: string;
  readonly media: ReadonlyMap<Shot, ShotMedia>;
};

/** `list`: of `document`; what is in `facts.media` are its shots. */
export function writeHtml(document: TimelineDocument, list: ShotList, facts: ReportFacts): WrittenDocument {
  const title = document.name || facts.file;
  const has = (tell: (shot: Shot) => string): boolean => list.shots.some((shot) => tell(shot) !== '');
  const columns = columnsOf(list, facts, {
    scenes: has(({ scene, take }) => scene + take), reels: has(({ reel }) => reel), tracks: new Set(list.shots.map(({ layer }) => layer)).size > 1,
  });
  const rows = list.shots.map((shot, i) => `<tr${shot.isEnabled ? '' : ' class="off"'}>${columns.map(({ kind, cell }) => `<td${kind ? ` class="${kind}"` : ''}>${cell(shot, i + 1)}</td>`).join('')}</tr>`);
  const text = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>
${reportStyle}
</style>
</head>
<body>
<header>
<h1>${escapeHtml(title)}</h1>
<p class="from">${escapeHtml(`${facts.file}, ${facts.format}`)}</p>
<dl>${summaryOf(list, facts).map(([name, value]) => `<div><dt>${name}</dt><dd>${escapeHtml(value)}</dd></div>`).join('')}</dl>
</header>
<main>
<table>
<colgroup>${columns.map(({ width }) => `<col${width ? ` style="width: ${width}"` : ''}>`).join('')}</colgroup>
<thead><tr>${columns.map(({ kind, label }) => `<th scope="col"${kind === 'number' ? ' class="number"' : ''}>${label}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
${markersOf(document.markers, list)}</main>
<footer>${escapeHtml(`${facts.program}, ${facts.made}. Out points are exclusive.`)}</footer>
</body>
</html>
`;
  return { text, losses: list.losses.list() };
}

function summaryOf(list: ShotList, { media }: ReportFacts): readonly (readonly [string, string])[] {
  const offline = list.shots.filter((shot) => isOffline(shot, media)).length;
  return [
    ['Shots', String(list.shots.length)], ['Length', lengthOf(list.frames, list.rate)], ['Starts at', recordLabel(list, 0)],
    ['Frame rate', `${rateOf(list.rate)}${list.isDrop ? ', drop-frame' : ''}`], ...(offline > 0 ? [['Offline', String(offline)] as const] : []),
  ];
}

type Column = { readonly label: string; readonly kind: string; readonly width: string; readonly cell: (shot: Shot, number: number) => string };

function columnsOf(list: ShotList, facts: ReportFacts, { scenes, reels, tracks }: { readonly scenes: boolean; readonly reels: boolean; readonly tracks: boolean }): Column[] {
  const time = (label: string, cell: Column['cell']): Column => ({ label, kind: 'time', width: '8%', cell });
  return [
    { label: 'No.', kind: 'number', width: '3.5%', cell: (_, number) => String(number) },
    { label: 'Picture', kind: '', width: '11.5%', cell: (shot) => pictureCell(shot, facts.media.get(shot)) },
    { label: 'Name', kind: '', width: '', cell: (shot) => nameCell(shot, facts.media, tracks) },
    ...(reels ? [{ label: 'Reel', kind: '', width: '8%', cell: ({ reel }: Shot) => escapeHtml(reel) }] : []),
    ...(scenes ? [{ label: 'Scene / take', kind: '', width: '6%', cell: ({ scene, take }: Shot) => escapeHtml([scene, take].filter((part) => part !== '').join(' / ')) }] : []),
    time('Source in<br>out', ({ source }) => (source ? `${source.in}<br>${source.out}` : '')),
    time('Record in<br>out', ({ start, end }) => `${recordLabel(list, start)}<br>${recordLabel(list, end)}`),
    time('Length', ({ start, end }) => `${lengthOf(end - start, list.rate)}<br><span class="soft">${end - start} fr</span>`),
    { label: 'Speed', kind: 'time', width: '5%', cell: ({ speed }) => speedOf(speed) },
    { label: 'Notes', kind: '', width: '17%', cell: notesCell },
  ];
}

function pictureCell(shot: Shot, media: ShotMedia | undefined): string {
  if (media?.picture) return `<img class="still" src="${escapeHtml(media.picture)}" alt="">`;
  const generator = shot.media?.kind === 'generator' ? shot.media.generator : null;
  const why = shot.kind === 'nested' ? 'nested timeline' : generator === 'black' ? 'black' : generator === 'bars' ? 'bars' : generator ? 'generator' : media?.path ? 'no picture' : 'offline';
  return `<span class="none">${why}</span>`;
}

function nameCell(shot: Shot, media: ReportFacts['media'], hasTracks: boolean): string {
  const path = media.get(shot)?.path;
  const place = path ? `<span class="path">${escapeHtml(path)}</span>` : isOffline(shot, media) ? `<span class="path"><span class="offline">offline</span> ${escapeHtml(addressOf(shot.media))}</span>` : '';
  return `<span class="name">${escapeHtml(shot.name)}</span>${place}${hasTracks ? `<span class="path">${escapeHtml(shot.track)}</span>` : ''}`;
}

function notesCell({ note, transition, markers, isEnabled }: Shot): string {
  const notes = [...(isEnabled ? [] : ['switched off']), ...(transition === '' ? [] : [transition]), ...(note === '' ? [] : note.split('\n'))];
  return [...notes.map((text) => `<span class="mark">${escapeHtml(text)}</span>`), ...markers.map((marker) => `<span class="mark">${markerText(marker)}</span>`)].join('');
}

function markerText({ name, comment, color }: Marker): string {
  const style = color !== null && /^[a-z]{1,20}$/.test(color) ? ` style="background: ${color}"` : '';
  return `<span class="dot"${style}></span>${escapeHtml([name, comment].filter((part) => part !== '').join(': ') || 'marker')}`;
}

function markersOf(markers: readonly Marker[], list: ShotList): string {
  if (markers.length === 0) return '';
  const rows = markers.map((marker) => {
    const frame = Math.floor((marker.range.start * marker.range.rate.den * list.rate.num) / (marker.range.rate.num * list.rate.den));
    return `<tr><td class="time">${recordLabel(list, frame)}</td><td>${markerText(marker)}</td></tr>`;
  });
  return `<h2>Markers</h2>\n<table>\n<colgroup><col style="width: 12%"><col></colgroup>\n<thead><tr><th scope="col">Record</th><th scope="col">Marker</th></tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>\n`;
}

/** As the timeline has it. */
function addressOf(media: Shot['media']): string {
  if (media?.kind === 'sequence') return `${media.folder}${media.folder === '' || media.folder.endsWith('/') ? '' : '/'}${media.prefix}%0${media.padding}d${media.suffix}`;
  return media?.kind === 'file' && media.url !== '' ? asPlainPath(media.url) : media?.name ?? '';
}

function isOffline(shot: Shot, media: ReportFacts['media']): boolean {
  return shot.kind === 'clip' && shot.media?.kind !== 'generator' && !media.get(shot)?.path;
}

/** As a duration: never drop-frame, whose labels are no lengths. */
function lengthOf(frames: number, rate: Rational): string {
  return formatTimecode(frames, rate);
}

function speedOf(speed: Shot['speed']): string {
  if (!speed) return '';
  if (speed.num === 0) return 'freeze';
  return `${Number(((100 * speed.num) / speed.den).toFixed(2))} %`.replace('-', '\u2212');
}

/** "23.976 fps" */
function rateOf(rate: Rational): string {
  const value = rate.num / rate.den;
  return `${rate.den === 1 ? formatRational(rate) : value.toFixed(nominalRate(rate) === 24 ? 3 : 2)} fps`;
}
