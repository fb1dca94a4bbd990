/** Selected clips: on or off, how loud, which part of the shot, how long. */
import { useId } from 'react';
import type { TimelineClip } from '../../app/domain/project/project.ts';
import { formatTimecode } from '../../app/domain/timecode.ts';
import { CommitField } from '../controls/CommitField.tsx';
import { Switch } from '../controls/Switch.tsx';
import { useProject, useSelection, useSession } from '../session/use-session.ts';
import { formatLength } from '../texts/format.ts';
import { plural, text } from '../texts/text.ts';
import { Fact } from './Fact.tsx';
import { mixed } from './mixed.ts';
import { Section } from './Section.tsx';
import { StepFact } from './StepFact.tsx';
import { VersionField } from './VersionField.tsx';

type Clips = readonly [TimelineClip, ...TimelineClip[]];

export function ClipInspector() {
  const ids = useSelection((selection) => selection.clipIds);
  const known = useProject((view) => view.state.clips);
  const shots = useProject((view) => view.state.shots);
  const [first, ...others] = [...ids].flatMap((id) => known.get(id) ?? []);
  if (!first) return null;
  // A picture and its own sound are one clip to people.
  const isOne = others.every(({ link, shotId }) => link !== null && link === first.link && shotId === first.shotId);
  return (
    <>
      <Section title={isOne ? shots.get(first.shotId)?.name ?? '' : plural('inspector.clips', others.length + 1)} more={text('inspector.clip')}>
        <Properties key={[...ids].join()} clips={[first, ...others]} />
      </Section>
      {isOne && <ClipFacts clips={[first, ...others]} />}
    </>
  );
}

function Properties({ clips }: { readonly clips: Clips }) {
  const session = useSession();
  const isReadOnly = useProject((view) => view.readOnly !== null);
  const gainId = useId();
  const clipIds = clips.map(({ id }) => id);
  const enabled = mixed(clips, ({ isEnabled }) => isEnabled);
  const gain = mixed(clips, (clip) => clip.gain);
  const setGain = (typed: string): void => {
    const value = Number(typed.replace(',', '.').replace('−', '-').replace(/\s*dB$/i, ''));
    if (Number.isFinite(value)) void session.edit({ kind: 'setClips', clipIds, gain: Math.min(24, Math.max(-120, value)) });
  };
  return (
    <>
      <div className="form-row">
        <span className="form-label">{text('clip.enabled')}</span>
        <Switch label={text(enabled.isMixed ? 'inspector.mixed' : enabled.value ? 'clip.on' : 'clip.off')} isOn={enabled.value} isDisabled={isReadOnly} onChange={(isEnabled) => { void session.edit({ kind: 'setClips', clipIds, isEnabled }); }} />
      </div>
      <div className="form-row">
        <label className="form-label" htmlFor={gainId}>{text('clip.gain')}</label>
        <div className="form-pair">
          <CommitField id={gainId} className="field-short" value={gain.isMixed ? '' : String(gain.value)} placeholder={text('inspector.mixed')} isDisabled={isReadOnly} onCommit={setGain} />
          <span>{text('clip.decibels')}</span>
        </div>
      </div>
    </>
  );
}

function ClipFacts({ clips }: { readonly clips: Clips }) {
  const [clip] = clips;
  const session = useSession();
  const sequence = useProject((view) => view.state.sequence);
  const shot = useProject((view) => view.state.shots.get(clip.shotId));
  const isReadOnly = useProject((view) => view.readOnly !== null);
  const lengthId = useId();
  const inId = useId();
  const label = (frame: number): string => formatTimecode(frame + sequence.startFrame, sequence.rate, sequence.dropFrame);
  /** Whole numbers are frames. */
  const change = (typed: string, before: number, edit: (frames: number) => void): void => {
    const frames = Number(typed);
    if (Number.isInteger(frames) && frames !== before) edit(frames - before);
  };
  return (
    <Section title={text('inspector.place')}>
      <VersionField clips={clips} />
      <div className="form-row">
        <label className="form-label" htmlFor={inId}>{text('clip.sourceIn')}</label>
        <div className="form-pair">
          <CommitField
            id={inId} className="field-short" value={String(clip.sourceIn)} isDisabled={isReadOnly}
            onCommit={(typed) => { change(typed, clip.sourceIn, (frames) => { void session.edit({ kind: 'slip', clipIds: [clip.id], frames }); }); }}
          />
          <span>{text('clip.frames')}</span>
        </div>
      </div>
      <div className="form-row">
        <label className="form-label" htmlFor={lengthId}>{text('clip.length')}</label>
        <div className="form-pair">
          <CommitField
            id={lengthId} className="field-short" value={String(clip.length)} isDisabled={isReadOnly}
            onCommit={(typed) => { change(typed, clip.length, (frames) => { void session.edit({ kind: 'trim', clipIds: [clip.id], edge: 'out', frames, mode: 'ripple' }); }); }}
          />
          <span>{text('clip.frames')}</span>
        </div>
      </div>
      <dl>
        <Fact name={text('clip.start')} isTimecode value={label(clip.start)} />
        <Fact name={text('clip.end')} isTimecode value={label(clip.start + clip.length)} />
        <Fact name={text('column.duration')} isTimecode value={formatLength(clip.length, sequence.rate)} />
        <StepFact clipId={clip.id} />
        {shot && <Fact name={text('fact.file')} value={shot.path} />}
      </dl>
    </Section>
  );
}
