/** The host's disk, for browsers: they never tell a page where a file lies. Folders open, files are chosen. */
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import type { CommandOutput } from '../../app/contract/editor/commands.ts';
import { describeError, flattenError } from '../../app/base/errors.ts';
import { Icon, type IconName } from '../controls/Icon.tsx';
import { useSession } from '../session/use-session.ts';
import { formatBytes } from '../texts/format.ts';
import { text } from '../texts/text.ts';
import './file-browser.css';

type Listing = CommandOutput<'files.list'>;
export type FileEntry = Listing['entries'][number];

const rowHeight = 26;
const icons: Readonly<Record<FileEntry['kind'], IconName>> = { folder: 'folder', media: 'film', timeline: 'list', project: 'file', other: 'file' };

/** Where the last browser was, in this window. */
let lastFolder: string | null = null;

export type FileBrowserProps = {
  /** What can be seen; others are left out. */
  readonly kinds: readonly FileEntry['kind'][];
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (paths: ReadonlySet<string>) => void;
  readonly onFolder?: (folder: string) => void;
};

export function FileBrowser({ kinds, chosen, onChosen, onFolder }: FileBrowserProps) {
  const session = useSession();
  const [folder, setFolder] = useState(lastFolder);
  const [listing, setListing] = useState<Listing | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    session.client.call('files.list', { folder }, controller.signal).then((listed) => {
      lastFolder = listed.folder;
      setListing(listed);
      setProblem(null);
    }, (error: unknown) => {
      if (!controller.signal.aborted) setProblem(describeError(flattenError(error)));
    });
    return () => { controller.abort(); };
  }, [session, folder]);
  const go = (path: string): void => {
    setFolder(path);
    onFolder?.(path);
  };
  const entries = listing?.entries.filter(({ kind }) => kinds.includes(kind)) ?? [];
  return (
    <div className="files">
      <div className="files-bar">
        <button
          type="button" className="icon-button" aria-label={text('files.up')} data-tip={text('files.up')} disabled={(listing?.parent ?? null) === null}
          onClick={() => { if (listing?.parent !== null && listing !== null) go(listing.parent); }}
        >
          <Icon name="folderUp" />
        </button>
        <span className="files-path one-line" data-files-path>{listing?.folder ?? ''}</span>
      </div>
      {problem === null
        ? <Entries key={listing?.folder} entries={entries} isLoading={listing === null} chosen={chosen} onChosen={onChosen} onOpen={go} />
        : <p className="files-problem" role="alert">{problem}</p>}
    </div>
  );
}

function Entries({ entries, isLoading, chosen, onChosen, onOpen }: {
  readonly entries: readonly FileEntry[];
  readonly isLoading: boolean;
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (paths: ReadonlySet<string>) => void;
  readonly onOpen: (folder: string) => void;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const virtualizer = useVirtualizer({ count: entries.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 8 });
  const toggle = (entry: FileEntry): void => {
    const next = new Set(chosen);
    if (!next.delete(entry.path)) next.add(entry.path);
    onChosen(next);
  };
  const to = (index: number): void => {
    const next = Math.min(Math.max(index, 0), entries.length - 1);
    setActive(next);
    virtualizer.scrollToIndex(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const entry = entries[active];
    if (event.key === 'ArrowDown') to(active + 1);
    else if (event.key === 'ArrowUp') to(active - 1);
    else if (event.key === 'Home') to(0);
    else if (event.key === 'End') to(entries.length - 1);
    else if (event.key === ' ' && entry) toggle(entry);
    else if (event.key === 'Enter' && entry?.kind === 'folder') onOpen(entry.path);
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) onChosen(new Set(entries.map(({ path }) => path)));
    else return;
    event.preventDefault();
  };
  if (!isLoading && entries.length === 0) return <div className="empty"><p>{text('files.empty')}</p></div>;
  return (
    <div
      ref={scroller} className="files-list" role="listbox" tabIndex={0} aria-multiselectable="true" aria-label={text('files.title')} aria-busy={isLoading}
      aria-activedescendant={entries[active] ? `file-${String(active)}` : undefined} onKeyDown={onKeyDown}
    >
      <div role="presentation" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const entry = entries[index];
          return entry && (
            <div
              key={entry.path} id={`file-${String(index)}`} role="option" aria-selected={chosen.has(entry.path)} className="files-row" data-active={index === active} style={{ top: start }}
              onClick={() => {
                setActive(index);
                toggle(entry);
              }}
              onDoubleClick={() => { if (entry.kind === 'folder') onOpen(entry.path); }}
            >
              <span className="files-check">{chosen.has(entry.path) && <Icon name="check" />}</span>
              <Icon name={icons[entry.kind]} />
              <span className="one-line">{entry.name}</span>
              <span className="files-size">{entry.kind === 'folder' ? '' : formatBytes(entry.bytes)}</span>
              {entry.kind === 'folder' && (
                // For the pointer: keys open a folder with Enter.
                <span
                  className="icon-button" aria-hidden="true" data-tip={text('files.open', { name: entry.name })}
                  onClick={(event) => {
                    event.stopPropagation();
                    onOpen(entry.path);
                  }}
                >
                  <Icon name="chevronRight" />
                </span>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
