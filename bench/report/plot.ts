/** docs/benchmarks.svg: for each row, a bar a contender, on that row's own scale. */
import type { Results, RowResult } from '../results.ts';

const width = 760;
const labelWidth = 170;
const barHeight = 16;
const gap = 6;
const titleHeight = 30;
const valueWidth = 90;

export function plotSvg({ rows }: Results): string {
  const drawn = rows.filter(({ contenders }) => contenders.length > 0);
  let y = 10;
  const panels = drawn.map((row) => {
    const panel = drawRow(row, y);
    y += rowHeight(row);
    return panel;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${y}" viewBox="0 0 ${width} ${y}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="Wall time of each contender, in seconds">
<rect width="100%" height="100%" fill="#ffffff"/>
${panels.join('\n')}
</svg>
`;
}

function rowHeight({ contenders }: RowResult): number {
  return titleHeight + contenders.length * (barHeight + gap) + 10;
}

function drawRow({ title, contenders }: RowResult, top: number): string {
  const longest = Math.max(...contenders.map(({ wallSeconds }) => wallSeconds));
  const scale = (width - labelWidth - valueWidth) / longest;
  const bars = contenders.map(({ name, isOurs, wallSeconds }, index) => {
    const y = top + titleHeight + index * (barHeight + gap);
    const length = Math.max(1, wallSeconds * scale);
    const middle = y + barHeight - 4;
    return `<text x="${labelWidth - 8}" y="${middle}" text-anchor="end" fill="#333333">${escapeText(name)}</text>`
      + `<rect x="${labelWidth}" y="${y}" width="${length.toFixed(1)}" height="${barHeight}" rx="2" fill="${isOurs ? '#d9480f' : '#9aa5b1'}"/>`
      + `<text x="${(labelWidth + length + 6).toFixed(1)}" y="${middle}" fill="#333333">${wallSeconds.toFixed(2)} s</text>`;
  });
  return `<text x="10" y="${top + 18}" font-weight="600" fill="#111111">${escapeText(title)}</text>\n${bars.join('\n')}`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
