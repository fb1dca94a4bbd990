/** The bin: what there is, found and filtered, as list or pictures; and the way from it to the timeline. */
import { useDeferredValue, useMemo, useState } from 'react';
import { CommandButton } from '../controls/CommandButton.tsx';
import { Icon } from '../controls/Icon.tsx';
import { useMenu } from '../controls/use-menu.tsx';
import { useProject, useSelection, useUi } from '../session/use-session.ts';
import { plural, text } from '../texts/text.ts';
import { BinFilters } from './BinFilters.tsx';
import { BinList } from './BinList.tsx';
import { BinThumbnails } from './BinThumbnails.tsx';
import { noFilter, type BinFilter } from './bin-rows.ts';
import { useBinRows, useFoundShots } from './use-bin-rows.ts';
import './bin.css';
import './thumbnails.css';

export function Bin() {
  const [words, setWords] = useState('');
  const [filter, setFilter] = useState<BinFilter>(noFilter);
  const [openGroups, setOpenGroups] = useState<ReadonlySet<string>>(new Set());
  const found = useFoundShots(words);
  const whole = useMemo(() => ({ ...filter, found }), [filter, found]);
  const rows = useBinRows(useDeferredValue(whole), openGroups);
  const view = useUi((ui) => ui.binView);
  const { menu, openAt } = useMenu(text('bin.menu'), () => [
    'shot.append', 'shot.insert', 'shot.overwrite', 'shot.assemble', 'separator', 'shot.circle', 'shot.replace', 'shot.proxies', 'file.relink', 'separator', 'shot.selectAll', 'shot.remove',
  ]);
  const onToggleGroup = (group: string): void => {
    setOpenGroups((open) => {
      const next = new Set(open);
      if (!next.delete(group)) next.add(group);
      return next;
    });
  };
  const View = view === 'list' ? BinList : BinThumbnails;
  return (
    <>
      <div className="bin-bar">
        <h2 className="panel-title">{text('bin.title')}</h2>
        <label className="bin-search">
          <Icon name="search" />
          <input
            type="search" data-bin-search className="field" aria-label={text('command.searchShots')} placeholder={text('bin.searchPlaceholder')} value={words} autoComplete="off" spellCheck={false}
            onChange={(event) => { setWords(event.target.value); }}
            onKeyDown={(event) => { if (event.key === 'Escape') setWords(''); }}
          />
        </label>
        <CommandButton id="view.list" icon="list" isOn={view === 'list'} />
        <CommandButton id="view.thumbnails" icon="thumbnails" isOn={view === 'thumbnails'} />
      </div>
      <BinFilters filter={filter} onFilter={setFilter} />
      {rows.length === 0
        ? <div className="empty"><Icon name="search" /><h3>{text('bin.nothingFound')}</h3><p>{text('bin.nothingFoundWords')}</p></div>
        : <View rows={rows} onToggleGroup={onToggleGroup} onMenu={openAt} />}
      <Footer shown={rows.reduce((sum, { versions, isOlder }) => sum + (isOlder ? 0 : versions), 0)} />
      {menu}
    </>
  );
}

function Footer({ shown }: { readonly shown: number }) {
  const all = useProject((project) => project.state.shots.size);
  const selected = useSelection((selection) => selection.shotIds.size);
  return (
    <div className="bin-footer">
      <span className="one-line" role="status">
        {selected > 0 ? plural('bin.selected', selected) : shown === all ? plural('bin.count', all) : text('bin.countOf', { shown, all })}
      </span>
      <CommandButton id="shot.append" className="button">{text('bin.append')}</CommandButton>
      <CommandButton id="shot.assemble" className="button">{text('bin.assemble')}</CommandButton>
    </div>
  );
}
