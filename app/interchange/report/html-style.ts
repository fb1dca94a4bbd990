/** The look of a report: dark on white, made to be printed on A4 landscape as much as to be read. */

export const reportStyle = `
:root { color-scheme: light; --ink: #16181d; --soft: #626874; --line: #d9dce2; --tint: #f4f5f7; --warn: #a33a1f; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1280px; padding: 28px 32px 48px; background: #fff; color: var(--ink);
  font: 12px/1.4 system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, "DejaVu Sans", sans-serif; font-variant-numeric: tabular-nums; }
header { border-bottom: 2px solid var(--ink); padding-bottom: 12px; margin-bottom: 4px; }
h1 { margin: 0 0 2px; font-size: 22px; line-height: 1.2; font-weight: 650; letter-spacing: -0.01em; overflow-wrap: anywhere; }
h2 { margin: 28px 0 6px; font-size: 14px; font-weight: 650; }
.from { margin: 0; color: var(--soft); overflow-wrap: anywhere; }
dl { display: flex; flex-wrap: wrap; gap: 8px 28px; margin: 12px 0 0; }
dt { color: var(--soft); font-size: 10px; }
dd { margin: 0; font-size: 14px; font-weight: 550; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th { padding: 8px 8px 5px 0; border-bottom: 1px solid var(--ink); text-align: left; vertical-align: bottom; font-size: 10px; font-weight: 550; color: var(--soft); }
td { padding: 8px 8px 8px 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
.number { color: var(--soft); text-align: right; padding-right: 12px; }
.time { white-space: nowrap; overflow-wrap: normal; }
.soft, .path { color: var(--soft); }
.path { display: block; font-size: 10px; line-height: 1.35; }
.name { display: block; font-weight: 600; }
.offline { color: var(--warn); }
.off td { color: var(--soft); }
.off .name { text-decoration: line-through; }
.mark { display: block; }
.dot { display: inline-block; width: 8px; height: 8px; margin-right: 5px; border-radius: 50%; border: 1px solid rgb(0 0 0 / 0.25); background: var(--soft); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.still { display: block; width: 128px; height: 72px; border-radius: 2px; background: #0c0d10; }
.none { display: flex; align-items: center; justify-content: center; width: 128px; height: 72px; border: 1px solid var(--line); border-radius: 2px; background: var(--tint);
  color: var(--soft); font-size: 10px; text-align: center; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
footer { margin-top: 20px; color: var(--soft); font-size: 10px; }
@page { size: A4 landscape; margin: 10mm 11mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 9px; }
  h1 { font-size: 17px; }
  h2 { break-after: avoid; }
  dd { font-size: 11px; }
  th, .path, dt, footer, .none { font-size: 7.5px; }
  td { padding-top: 5px; padding-bottom: 5px; }
  .still, .none { width: 107px; height: 60px; }
}
`.trim();
