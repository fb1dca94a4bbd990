/** Every command and its keys, by group. */
import { Fragment, useState } from 'react';
import { allCommands } from '../commands/all-commands.ts';
import type { CommandGroup } from '../commands/command.ts';
import { shownKeys } from '../commands/keys.ts';
import { Dialog } from '../controls/Dialog.tsx';
import { text } from '../texts/text.ts';
import './shortcuts.css';

const groups: readonly CommandGroup[] = ['playback', 'marks', 'timeline', 'tools', 'edit', 'bin', 'view', 'file', 'help'];

export function ShortcutSheet({ onClose }: { readonly onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const fits = (title: string): boolean => title.toLowerCase().includes(typed.trim().toLowerCase());
  return (
    <Dialog title={text('command.shortcuts')} onClose={onClose} className="shortcuts">
      <div className="shortcuts-bar">
        <input type="search" className="field" aria-label={text('shortcuts.find')} placeholder={text('shortcuts.find')} value={typed} onChange={(event) => { setTyped(event.target.value); }} />
      </div>
      <div className="shortcuts-body" tabIndex={0} role="region" aria-label={text('command.shortcuts')}>
        {groups.map((group) => {
          const shown = allCommands.filter((command) => command.group === group && command.keys.length > 0 && fits(text(command.title)));
          return shown.length > 0 && (
            <section key={group} className="shortcuts-group">
              <h3>{text(`group.${group}`)}</h3>
              <dl>
                {shown.map(({ id, title, keys }) => (
                  <div key={id} className="shortcut">
                    <dt className="one-line">{text(title)}</dt>
                    <dd>{keys.slice(0, 2).map((each, index) => <Fragment key={each}>{index > 0 && <span className="shortcut-or">{text('shortcuts.or')}</span>}<Keys keys={each} /></Fragment>)}</dd>
                  </div>
                ))}
              </dl>
            </section>
          );
        })}
      </div>
    </Dialog>
  );
}

function Keys({ keys }: { readonly keys: string }) {
  return shownKeys(keys).map((key) => <kbd key={key} className="key">{key}</kbd>);
}
