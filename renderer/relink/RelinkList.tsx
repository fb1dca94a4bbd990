/** Missing shots, one row each: where it was, which file it is now, and why. */
import { useRef } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { Select } from '../controls/Select.tsx';
import { plural, text } from '../texts/text.ts';
import type { LinkRow } from './link-rows.ts';

const rowHeight = 66;

export type RelinkListProps = {
  readonly rows: readonly LinkRow[];
  /** The folder that was searched: paths are shown from there. */
  readonly folder: string;
  readonly onChoose: (shotId: number, path: string | null) => void;
};

export function RelinkList({ rows, folder, onChoose }: RelinkListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 4 });
  return (
    <div ref={scroller} className="relink-list" tabIndex={0} role="list" aria-label={text('relink.shots')}>
      <div role="presentation" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          return row && (
            <div key={row.shot.id} role="listitem" aria-setsize={rows.length} aria-posinset={index + 1} className="relink-row" style={{ top: start }}>
              <div className="relink-shot">
                <span className="one-line relink-name">{row.shot.name}</span>
                <span className="one-line relink-path" data-tip={row.shot.path}><bdi>{row.shot.path}</bdi></span>
              </div>
              <File row={row} folder={folder} onChoose={onChoose} />
              <span className="relink-status" data-tone={row.tone}>{text(row.words)}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function File({ row: { shot, link, path }, folder, onChoose }: { readonly row: LinkRow } & Omit<RelinkListProps, 'rows'>) {
  if (!link) return <div className="relink-file" />;
  const { candidates } = link;
  const isLeft = path === null && link.path !== null;
  const reason = isLeft ? text('relink.stays') : link.reason;
  return (
    <div className="relink-file">
      {candidates.length > 0 && (
        <Select
          label={text('relink.fileOf', { shot: shot.name })} value={path ?? ''} onChange={(value) => { onChoose(shot.id, value === '' ? null : value); }}
          options={[
            { value: '', label: link.path === null ? plural('relink.choose', candidates.length) : text('relink.leave') },
            ...candidates.map((candidate) => {
              const shown = below(folder, candidate.path);
              return { value: candidate.path, label: candidate.fit === 'covers' ? shown : text('relink.option', { path: shown, fit: text(`link.${candidate.fit}`) }) };
            }),
          ]}
        />
      )}
      <p className="relink-reason" data-tip={reason}>{reason}</p>
    </div>
  );
}

function below(folder: string, path: string): string {
  return path.startsWith(folder) ? path.slice(folder.length).replace(/^[\\/]/, '') : path;
}
