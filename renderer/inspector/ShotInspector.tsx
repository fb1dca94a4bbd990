/** Shots as people describe them: one, or many at once. */
import { useId } from 'react';
import type { Shot } from '../../app/domain/project/project.ts';
import type { ShotFields } from '../../app/contract/editor/commands.ts';
import { formatTimecode } from '../../app/domain/timecode.ts';
import { CommandButton } from '../controls/CommandButton.tsx';
import { CommitField } from '../controls/CommitField.tsx';
import { Switch } from '../controls/Switch.tsx';
import { Thumbnail } from '../bin/Thumbnail.tsx';
import { useProject, useSelection, useSession } from '../session/use-session.ts';
import { formatBytes, formatDate, formatRate } from '../texts/format.ts';
import { plural, text, type TextKey } from '../texts/text.ts';
import { Fact } from './Fact.tsx';
import { mixed } from './mixed.ts';
import { Rating } from './Rating.tsx';
import { Section } from './Section.tsx';

type Shots = readonly [Shot, ...Shot[]];

export function ShotInspector() {
  const ids = useSelection((selection) => selection.shotIds);
  const known = useProject((view) => view.state.shots);
  const [first, ...others] = [...ids].flatMap((id) => known.get(id) ?? []);
  if (!first) return null;
  const shots: Shots = [first, ...others];
  return (
    <>
      {others.length === 0 && <div className="inspector-picture"><Thumbnail shot={first} isNamed /></div>}
      {others.length === 0 && first.problem !== null && <p className="inspector-problem">{first.problem}</p>}
      {others.length === 0 && first.status === 'missing' && <div className="inspector-relink"><CommandButton id="file.relink" icon="search" className="button">{text('command.relink')}</CommandButton></div>}
      <Section title={others.length === 0 ? first.name : plural('inspector.shots', shots.length)}><Fields key={[...ids].join()} shots={shots} /></Section>
      {others.length === 0 && <MediaFacts shot={first} />}
    </>
  );
}

function Fields({ shots }: { readonly shots: Shots }) {
  const session = useSession();
  const isReadOnly = useProject((view) => view.readOnly !== null);
  const set = (fields: ShotFields): void => { void session.change('shots.set', { shotIds: shots.map(({ id }) => id), fields }); };
  const circled = mixed(shots, ({ isCircled }) => isCircled);
  const rating = mixed(shots, (shot) => shot.rating);
  const orNull = (value: string): string | null => (value.trim() === '' ? null : value.trim());
  return (
    <>
      {shots.length === 1 && <TextRow title="column.name" shots={shots} valueOf={({ name }) => name} isDisabled={isReadOnly} onCommit={(value) => { if (value.trim() !== '') set({ name: value.trim() }); }} />}
      <TextRow title="column.scene" shots={shots} valueOf={({ scene }) => scene ?? ''} isDisabled={isReadOnly} onCommit={(value) => { set({ scene: orNull(value) }); }} />
      <TextRow title="column.take" shots={shots} valueOf={({ take }) => take ?? ''} isDisabled={isReadOnly} onCommit={(value) => { set({ take: orNull(value) }); }} />
      <TextRow title="column.reel" shots={shots} valueOf={({ reel }) => reel ?? ''} isDisabled={isReadOnly} onCommit={(value) => { set({ reel: orNull(value) }); }} />
      <TextRow
        title="column.tags" shots={shots} valueOf={({ tags }) => tags.join(', ')} isDisabled={isReadOnly}
        onCommit={(value) => { set({ tags: [...new Set(value.split(',').map((tag) => tag.trim()).filter((tag) => tag !== ''))] }); }}
      />
      <div className="form-row">
        <span className="form-label">{text('column.rating')}</span>
        <Rating rating={rating.isMixed ? 0 : rating.value} isDisabled={isReadOnly} onRate={(value) => { set({ rating: value }); }} />
      </div>
      <div className="form-row">
        <span className="form-label">{text('column.circled')}</span>
        <Switch label={text(circled.isMixed ? 'inspector.mixed' : 'shot.circled')} isOn={!circled.isMixed && circled.value} isDisabled={isReadOnly} onChange={(isCircled) => { set({ isCircled }); }} />
      </div>
      <TextRow title="column.note" shots={shots} valueOf={({ note }) => note} isLong isDisabled={isReadOnly} onCommit={(note) => { set({ note }); }} />
    </>
  );
}

function TextRow({ title, shots, valueOf, isLong = false, isDisabled, onCommit }: {
  readonly title: TextKey;
  readonly shots: Shots;
  readonly valueOf: (shot: Shot) => string;
  readonly isLong?: boolean;
  readonly isDisabled: boolean;
  readonly onCommit: (value: string) => void;
}) {
  const id = useId();
  const { value, isMixed } = mixed(shots, valueOf);
  return (
    <div className="form-row">
      <label className="form-label" htmlFor={id}>{text(title)}</label>
      <CommitField id={id} value={isMixed ? '' : value} placeholder={isMixed ? text('inspector.mixed') : ''} isLong={isLong} isDisabled={isDisabled} onCommit={onCommit} />
    </div>
  );
}

function MediaFacts({ shot: { media, path, version, added } }: { readonly shot: Shot }) {
  return (
    <Section title={text('inspector.media')}>
      <dl>
        {media?.picture && <Fact name={text('fact.picture')} value={text('fact.pictureValue', { codec: media.picture.codec, width: String(media.picture.width), height: String(media.picture.height) })} />}
        {media?.picture && <Fact name={text('fact.pixels')} value={media.picture.pixelFormat} />}
        {media?.picture && !media.isStill && <Fact name={text('fact.rate')} value={text('viewer.rate', { rate: formatRate(media.rate) })} />}
        {media?.picture && !media.isStill && <Fact name={text('fact.frames')} value={plural('cost.frames', media.frames)} />}
        {media?.timecode && <Fact name={text('column.timecode')} isTimecode value={formatTimecode(media.timecode.frame, media.rate, media.timecode.dropFrame)} />}
        {media?.sound && <Fact name={text('fact.sound')} value={text('fact.soundValue', { codec: media.sound.codec, channels: media.sound.channels, rate: media.sound.sampleRate })} />}
        {media && <Fact name={text('column.size')} value={formatBytes(media.bytes)} />}
        {media && <Fact name={text('column.date')} value={formatDate(media.created)} />}
        {version !== null && <Fact name={text('fact.version')} value={String(version)} />}
        <Fact name={text('fact.added')} value={formatDate(added)} />
        <Fact name={text('fact.file')} value={path} />
      </dl>
    </Section>
  );
}
