import type { Loss } from '../../../interchange/document.ts';
import { labelOf, reportToWrite, type FormatName, type ReportFormat } from '../../../interchange/formats.ts';
import { openTimeline, type OpenedTimeline } from '../../../services/interchange/open-timeline.ts';
import { saveTimeline } from '../../../services/interchange/save-timeline.ts';
import { makeOutput, printable } from '../output.ts';
import type { ConvertOptions } from '../cli-options.ts';
import { sourceRateOf } from '../timeline-options.ts';
import { diagnosticLines } from './info.ts';

type Saved = { readonly path: string; readonly format: FormatName | ReportFormat; readonly losses: readonly Loss[]; readonly isReplaced: boolean };

/** Losses are told, and no failure: what the target cannot carry was to be expected. */
export async function convertAction(from: string, to: string, options: ConvertOptions): Promise<number> {
  const opened = await openTimeline(from, { sourceRate: sourceRateOf(options) });
  const report = reportToWrite(to);
  tell(opened, report ? await (await import('./convert-report.ts')).convertToReport(opened, to, report, options) : await saveTimeline(opened, to), options.json);
  return 0;
}

function tell(opened: OpenedTimeline, { path, format, losses, isReplaced }: Saved, isJson: boolean): void {
  const output = makeOutput(isJson);
  const { diagnostics, events } = opened;
  output.event({ event: 'converted', input: opened.path, output: path, from: opened.format, to: format, events, replaced: isReplaced, losses, diagnostics });
  // Standard output names what was made; what was lost on the way stands where warnings do.
  output.line(`${printable(path)}  ${labelOf(format)}, ${events} ${events === 1 ? 'event' : 'events'} from ${labelOf(opened.format)}`);
  if (isJson) return;
  if (isReplaced) process.stderr.write(`note: ${printable(path)} was there already and is replaced\n`);
  for (const line of diagnosticLines(diagnostics)) process.stderr.write(`note: ${line}\n`);
  for (const { element, message } of losses) process.stderr.write(`lost: ${printable(element)}: ${printable(message)}\n`);
}
