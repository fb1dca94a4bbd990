/** One head a track, beside its row: its name, whether it is seen or heard, whether it is locked, how loud. */
import { useMemo } from 'react';
import type { Track } from '../../app/domain/project/project.ts';
import { CommitField } from '../controls/CommitField.tsx';
import { Icon } from '../controls/Icon.tsx';
import { useProject, useSession } from '../session/use-session.ts';
import { text } from '../texts/text.ts';
import { rowsOf } from './geometry.ts';

export function TrackHeaders() {
  const tracks = useProject((view) => view.state.tracks);
  const isReadOnly = useProject((view) => view.readOnly !== null);
  const rows = useMemo(() => rowsOf({ tracks }), [tracks]);
  return rows.map(({ trackId, track, top, height }) => (
    <div key={trackId} className="track-header" style={{ top, height }} role="group" aria-label={track.name} data-kind={track.kind} data-off={!track.isEnabled}>
      <Head track={track} isReadOnly={isReadOnly} />
    </div>
  ));
}

function Head({ track, isReadOnly }: { readonly track: Track; readonly isReadOnly: boolean }) {
  const session = useSession();
  const { id: trackId, name, isEnabled, isLocked, gain, kind } = track;
  const set = (part: { readonly isEnabled?: boolean; readonly isLocked?: boolean; readonly gain?: number; readonly name?: string }): void => {
    session.edit({ kind: 'setTrack', trackId, ...part }).catch((error: unknown) => { session.fail(error); });
  };
  const seen = text(kind === 'picture' ? 'track.seen' : 'track.heard', { name });
  return (
    <>
      <span className="track-name one-line">{name}</span>
      {kind === 'sound' && (
        <CommitField
          label={text('track.gain', { name })} value={gain === 0 ? '0' : String(gain)} isDisabled={isReadOnly} className="track-gain"
          onCommit={(typed) => {
            const value = Number(typed.replace(',', '.').replace('−', '-'));
            if (typed.trim() !== '' && Number.isFinite(value) && value >= -120 && value <= 24) set({ gain: value });
          }}
        />
      )}
      <button type="button" className="icon-button" aria-pressed={!isEnabled} aria-label={seen} data-tip={seen} disabled={isReadOnly} onClick={() => { set({ isEnabled: !isEnabled }); }}>
        <Icon name={kind === 'picture' ? (isEnabled ? 'eye' : 'eyeOff') : isEnabled ? 'speaker' : 'speakerOff'} />
      </button>
      <button
        type="button" className="icon-button" aria-pressed={isLocked} aria-label={text('track.locked', { name })} data-tip={text('track.locked', { name })} disabled={isReadOnly}
        onClick={() => { set({ isLocked: !isLocked }); }}
      >
        <Icon name={isLocked ? 'lock' : 'unlock'} />
      </button>
    </>
  );
}
