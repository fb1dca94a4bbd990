import { resolve } from 'node:path';
import { labelOf } from '../../../interchange/formats.ts';
import { openTimeline } from '../../../services/interchange/open-timeline.ts';
import { saveTimeline } from '../../../services/interchange/save-timeline.ts';
import { relinkTimeline, type ClipLink } from '../../../services/relink/relink-timeline.ts';
import type { CliOptions } from '../cli-options.ts';
import { printable } from '../output.ts';
import { withSession } from '../session.ts';
import { sourceRateOf, type TimelineOptions } from '../timeline-options.ts';
import { diagnosticLines } from './info.ts';

const mostCandidates = 20;

/** A line a clip, then a summary; 3 where a clip has no file, or none that could be chosen without asking. */
export async function relinkAction(timeline: string, folder: string, options: CliOptions & TimelineOptions): Promise<number> {
  const sourceRate = sourceRateOf(options);
  return withSession(options, null, async ({ running, output, meter, signal }) => {
    const opened = await openTimeline(timeline, { sourceRate });
    meter.expect({ index: 1 });
    const { clips, document, listed, read, warnings } = await relinkTimeline(opened.document, folder, running.host, {
      signal, handles: options.handles, onProgress: (done, of) => { if (!options.json) meter.update('index', done, of); },
    });
    for (const warning of warnings) output.warn(warning);
    for (const link of clips) {
      output.event(describe(link));
      output.line(lineOf(link));
    }
    const saved = options.output === undefined ? null : await saveTimeline({ ...opened, document }, options.output);
    const counts = Object.fromEntries([...Map.groupBy(clips, ({ status }) => status)].map(([status, links]) => [status, links.length]));
    const found = counts['found'] ?? 0;
    output.event({ event: 'relink', input: opened.path, folder: resolve(folder), clips: clips.length, found, counts, listed, read, output: saved?.path ?? null, losses: saved?.losses ?? [], diagnostics: opened.diagnostics });
    output.line(`${found} of ${clips.length} clips found; ${listed} media below ${printable(resolve(folder))}, ${read} looked into`);
    if (saved) output.line(`${printable(saved.path)}  ${labelOf(saved.format)}`);
    if (!options.json) {
      for (const line of diagnosticLines(opened.diagnostics)) process.stderr.write(`note: ${line}\n`);
      for (const { element, message } of saved?.losses ?? []) process.stderr.write(`lost: ${printable(element)}: ${printable(message)}\n`);
    }
    return found === clips.length ? 0 : 3;
  });
}

function describe({ index, clip, type, wanted, status, chosen, reason, candidates }: ClipLink): Record<string, unknown> {
  return {
    event: 'clip', index, name: clip.name, kind: type === 'video' ? 'picture' : 'sound', line: clip.line, media: wanted.address, reel: wanted.reel, status,
    path: chosen?.candidate.path ?? null, reason,
    candidates: candidates.slice(0, mostCandidates).map(({ candidate, score, evidence, coverage, reason: why }) => ({ path: candidate.path, score, evidence, fit: coverage.fit, reason: why })),
  };
}

const words: Readonly<Record<ClipLink['status'], string>> = {
  found: 'found', ambiguous: 'ambiguous', weak: 'unsure', missing: 'missing', partial: 'partial', elsewhere: 'other part', rate: 'other rate', kind: 'other kind',
  noTimecode: 'no timecode', version: 'other version', unreadable: 'unreadable', unread: 'unread',
};

function lineOf({ index, clip, status, chosen, reason, candidates }: ClipLink): string {
  const shown = chosen ? [chosen] : status === 'ambiguous' ? candidates.slice(0, 3) : candidates.slice(0, 1);
  const paths = shown.map(({ candidate }) => printable(candidate.path)).join(' or ');
  return `${String(index + 1).padStart(4)} ${words[status].padEnd(13)} ${printable(clip.name || clip.reel || '')}${paths === '' ? '' : `  ${paths}`}  (${printable(reason)})`;
}
