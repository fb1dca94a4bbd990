/** Everything by its name: commands that can be run now, shots to be found. */
import { useDeferredValue, useMemo, useState, type KeyboardEvent } from 'react';
import { allCommands } from '../commands/all-commands.ts';
import type { EditorCommand } from '../commands/command.ts';
import { shownKeys } from '../commands/keys.ts';
import { runCommand } from '../commands/run-command.ts';
import { Dialog } from '../controls/Dialog.tsx';
import { Icon } from '../controls/Icon.tsx';
import type { Shot } from '../../app/domain/project/project.ts';
import { useProject, useSession } from '../session/use-session.ts';
import { text } from '../texts/text.ts';
import { best } from './find-commands.ts';
import './palette.css';

const mostCommands = 40;
const mostShots = 8;

type Item = { readonly kind: 'command'; readonly command: EditorCommand } | { readonly kind: 'shot'; readonly shot: Shot };

export function Palette({ onClose }: { readonly onClose: () => void }) {
  const session = useSession();
  const shots = useProject((view) => view.state.shots);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const sought = useDeferredValue(typed);
  const items = useMemo((): readonly Item[] => {
    const commands = best(allCommands.filter(({ id, isEnabled }) => id !== 'help.palette' && isEnabled(session)), sought, ({ title, group }) => `${text(title)} ${text(`group.${group}`)}`, mostCommands);
    const found = sought.trim().length < 2 ? [] : best(shots.values(), sought, ({ name }) => name, mostShots);
    return [...commands.map((command): Item => ({ kind: 'command', command })), ...found.map((shot): Item => ({ kind: 'shot', shot }))];
  }, [session, shots, sought]);
  const active = Math.min(at, items.length - 1);

  const choose = (item: Item | undefined): void => {
    if (!item) return;
    onClose();
    if (item.kind === 'command') runCommand(session, item.command);
    else session.selection.setState({ shotIds: new Set([item.shot.id]), clipIds: new Set(), markerId: null });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Enter') choose(items[active]);
    else if (by === 0 || items.length === 0) return;
    else setAt((active + by + items.length) % items.length);
    event.preventDefault();
  };
  return (
    <Dialog title={text('command.palette')} isTitleHidden onClose={onClose} className="palette">
      <div className="palette-field">
        <Icon name="search" />
        <input
          type="text" role="combobox" aria-expanded="true" aria-controls="palette-list" aria-activedescendant={items.length > 0 ? `palette-${String(active)}` : undefined}
          aria-label={text('palette.placeholder')} placeholder={text('palette.placeholder')} value={typed} autoFocus autoComplete="off" spellCheck={false} onKeyDown={onKeyDown}
          onChange={(event) => {
            setTyped(event.target.value);
            setAt(0);
          }}
        />
      </div>
      <ul id="palette-list" className="palette-list" role="listbox" aria-label={text('palette.results')}>
        {items.map((item, index) => (
          <PaletteRow key={item.kind === 'command' ? item.command.id : item.shot.id} item={item} index={index} isActive={index === active} onChoose={() => { choose(item); }} />
        ))}
      </ul>
      {items.length === 0 && <p className="palette-nothing" role="status">{text('palette.nothing')}</p>}
    </Dialog>
  );
}

function PaletteRow({ item, index, isActive, onChoose }: { readonly item: Item; readonly index: number; readonly isActive: boolean; readonly onChoose: () => void }) {
  return (
    <li
      id={`palette-${String(index)}`} role="option" aria-selected={isActive} className="palette-row" onClick={onChoose}
      ref={(row) => { if (isActive) row?.scrollIntoView({ block: 'nearest' }); }}
    >
      {item.kind === 'command'
        ? (
          <>
            <span className="one-line">{text(item.command.title)}</span>
            <span className="palette-group">{text(`group.${item.command.group}`)}</span>
            <span className="palette-keys">{(item.command.keys[0] === undefined ? [] : shownKeys(item.command.keys[0])).map((key) => <span key={key} className="key">{key}</span>)}</span>
          </>
        )
        : (
          <>
            <span className="one-line">{item.shot.name}</span>
            <span className="palette-group">{text('palette.shot')}</span>
          </>
        )}
    </li>
  );
}
