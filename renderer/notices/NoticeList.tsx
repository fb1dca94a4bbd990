/** Notices in the corner; screen readers hear them as they come. */
import { useStore } from 'zustand';
import { Icon } from '../controls/Icon.tsx';
import { useSession } from '../session/use-session.ts';
import { text } from '../texts/text.ts';
import './notices.css';

const icons = { info: 'info', warning: 'warning', error: 'missing' } as const;

export function NoticeList() {
  const { notices } = useSession();
  const shown = useStore(notices.store, (state) => state.notices);
  return (
    <div className="notices" role="log" aria-label={text('notices.title')} aria-live="polite">
      {shown.map(({ id, level, text: sentence }) => (
        <div key={id} className="notice" data-level={level}>
          <Icon name={icons[level]} />
          <p>{sentence}</p>
          <button type="button" className="icon-button" aria-label={text('notices.close')} onClick={() => { notices.close(id); }}><Icon name="close" /></button>
        </div>
      ))}
    </div>
  );
}
