/** What of the programme: sound and what each way of it costs, the range, chapters, verification. */
import type { Cost } from '../../app/contract/editor/commands.ts';
import { formatTimecode } from '../../app/domain/timecode.ts';
import { CommitField } from '../controls/CommitField.tsx';
import { Segments } from '../controls/Segments.tsx';
import { Switch } from '../controls/Switch.tsx';
import { useProject } from '../session/use-session.ts';
import { formatSeconds } from '../texts/format.ts';
import { text } from '../texts/text.ts';
import { programmeLength } from '../../app/domain/edits/programme.ts';
import { BurnInFields } from './BurnInFields.tsx';
import type { FieldsProps } from './PictureFields.tsx';

export function ProgrammeFields({ settings, onSettings }: FieldsProps) {
  const cost = useProject((view) => view.cost);
  const sequence = useProject((view) => view.state.sequence);
  const length = useProject((view) => programmeLength(view.state));
  const { markIn, markOut } = sequence;
  const hasMarks = markIn !== null || markOut !== null;
  const label = (frame: number): string => formatTimecode(frame + sequence.startFrame, sequence.rate, sequence.dropFrame);
  const { from, to } = settings.range ?? { from: 0, to: length };
  return (
    <>
      <div className="form-row">
        <span className="form-label">{text('export.sound')}</span>
        <div>
          <Segments
            label={text('export.sound')} value={settings.sound} onChange={(sound) => { onSettings({ ...settings, sound }); }}
            options={(['exact', 'packets', 'none'] as const).map((value) => ({ value, label: text(`sound.${value}`) }))}
          />
        </div>
        <p className="form-hint export-hint">{soundHint(settings.sound, cost)}</p>
      </div>
      <div className="form-row">
        <span className="form-label">{text('export.range')}</span>
        <div className="form-pair">
          <Segments
            label={text('export.range')} value={settings.range ? 'marked' : 'all'}
            options={[{ value: 'all', label: text('range.all') }, { value: 'marked', label: text('range.marked'), isDisabled: !hasMarks && !settings.range }]}
            onChange={(value) => { onSettings({ ...settings, range: value === 'all' ? null : { from: markIn ?? 0, to: markOut ?? length } }); }}
          />
          <span className="timecode">{label(from)} – {label(to)}</span>
        </div>
      </div>
      <div className="form-row">
        <span className="form-label">{text('export.form')}</span>
        <div className="form-pair">
          <Segments
            label={text('export.form')} value={settings.form} onChange={(form) => { onSettings({ ...settings, form }); }}
            options={(['movie', 'clips', 'stems'] as const).map((value) => ({ value, label: text(`form.${value}`), tip: text(`form.${value}Tip`) }))}
          />
          {settings.form === 'clips' && (
            <CommitField
              label={text('export.handles')} value={String(settings.handles)} className="export-handles"
              onCommit={(typed) => { if (/^\d{1,4}$/.test(typed.trim())) onSettings({ ...settings, handles: Number(typed) }); }}
            />
          )}
          {settings.form === 'clips' && <span className="form-hint">{text('export.handlesWords')}</span>}
        </div>
      </div>
      <div className="form-row">
        <span className="form-label">{text('export.chapters')}</span>
        <div>
          <Segments
            label={text('export.chapters')} value={settings.chapters} onChange={(chapters) => { onSettings({ ...settings, chapters }); }}
            options={(['none', 'clips', 'markers'] as const).map((value) => ({ value, label: text(`chapters.${value}`) }))}
          />
        </div>
      </div>
      {settings.form !== 'stems' && <BurnInFields settings={settings} onSettings={onSettings} />}
      {settings.form === 'movie' && (
        <div className="form-row">
          <span className="form-label">{text('export.slate')}</span>
          <Switch label={text('export.slateWords')} isOn={settings.slate} onChange={(slate) => { onSettings({ ...settings, slate }); }} />
        </div>
      )}
      <div className="form-row">
        <span className="form-label">{text('export.verify')}</span>
        <Switch label={text('export.verifyWords')} isOn={settings.verify} onChange={(verify) => { onSettings({ ...settings, verify }); }} />
      </div>
    </>
  );
}

function soundHint(sound: 'exact' | 'packets' | 'none', cost: Cost | null): string {
  const known = cost?.sound;
  switch (sound) {
    case 'none': return text('sound.noneHint');
    case 'exact': return known ? text('sound.exactCost', { time: formatSeconds(known.exactSeconds) }) : text('sound.exactHint');
    case 'packets': return known ? text('sound.packetsCost', { time: formatSeconds(known.packetsSeconds), samples: known.packetsMaxOffsetSamples }) : text('sound.packetsHint');
  }
}
