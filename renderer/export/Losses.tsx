/** What a timeline's format could not carry: told where the timeline was written. */
import type { SavedTimeline } from '../../app/contract/editor/compare.ts';
import { Icon } from '../controls/Icon.tsx';
import { fileName } from '../texts/format.ts';
import { plural, text } from '../texts/text.ts';
import './losses.css';

export function Losses({ saved: { path, format, losses } }: { readonly saved: SavedTimeline }) {
  return (
    <section className="losses" aria-live="polite">
      <p className="losses-done"><Icon name="check" /><span className="one-line" data-tip={path}>{text('timelineExport.done', { name: fileName(path), format })}</span></p>
      {losses.length > 0 && (
        <>
          <p className="losses-count"><Icon name="warning" />{plural('timelineExport.losses', losses.length)}</p>
          <ul className="losses-list" tabIndex={0} aria-label={plural('timelineExport.losses', losses.length)}>
            {losses.map(({ element, message }, index) => <li key={index}><span>{element}</span>{message}</li>)}
          </ul>
        </>
      )}
    </section>
  );
}
