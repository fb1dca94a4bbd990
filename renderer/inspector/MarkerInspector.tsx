/** A marker: its name, colour, place and note. */
import { useId } from 'react';
import { markerColours, type MarkerColour } from '../../app/domain/project/project.ts';
import { formatTimecode } from '../../app/domain/timecode.ts';
import { CommitField } from '../controls/CommitField.tsx';
import { useProject, useSession } from '../session/use-session.ts';
import { text } from '../texts/text.ts';
import { Fact } from './Fact.tsx';
import { Section } from './Section.tsx';

export function MarkerInspector({ markerId }: { readonly markerId: number }) {
  const session = useSession();
  const marker = useProject((view) => view.state.markers.get(markerId));
  const sequence = useProject((view) => view.state.sequence);
  const isReadOnly = useProject((view) => view.readOnly !== null);
  const nameId = useId();
  const noteId = useId();
  if (!marker) return null;
  const set = (part: { readonly name?: string; readonly note?: string; readonly colour?: MarkerColour }): void => { void session.edit({ kind: 'setMarker', markerId, ...part }); };
  return (
    <Section title={text('inspector.marker')}>
      <div className="form-row">
        <label className="form-label" htmlFor={nameId}>{text('column.name')}</label>
        <CommitField id={nameId} value={marker.name} isDisabled={isReadOnly} onCommit={(name) => { set({ name }); }} />
      </div>
      <div className="form-row">
        <span className="form-label">{text('marker.colour')}</span>
        <div className="swatches" role="radiogroup" aria-label={text('marker.colour')}>
          {markerColours.map((colour) => (
            <label key={colour} className="swatch" data-tip={text(`marker.${colour}`)}>
              <input type="radio" name="marker-colour" aria-label={text(`marker.${colour}`)} checked={marker.colour === colour} disabled={isReadOnly} onChange={() => { set({ colour }); }} />
              <span style={{ background: `var(--so-marker-${colour})` }} />
            </label>
          ))}
        </div>
      </div>
      <div className="form-row">
        <label className="form-label" htmlFor={noteId}>{text('column.note')}</label>
        <CommitField id={noteId} value={marker.note} isLong isDisabled={isReadOnly} onCommit={(note) => { set({ note }); }} />
      </div>
      <dl><Fact name={text('marker.place')} isTimecode value={formatTimecode(marker.frame + sequence.startFrame, sequence.rate, sequence.dropFrame)} /></dl>
      <button type="button" className="button button-danger" disabled={isReadOnly} onClick={() => { void session.edit({ kind: 'removeMarkers', markerIds: [markerId] }); }}>{text('marker.remove')}</button>
    </Section>
  );
}
