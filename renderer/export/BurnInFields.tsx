/** What is written over every frame. */
import type { ExportSettings } from '../../app/contract/editor/export-settings.ts';
import { CommitField } from '../controls/CommitField.tsx';
import { Switch } from '../controls/Switch.tsx';
import { text } from '../texts/text.ts';
import type { FieldsProps } from './PictureFields.tsx';

type BurnIn = NonNullable<ExportSettings['burnIn']>;

const none: BurnIn = { timecode: false, sourceTimecode: false, frame: false, shot: false, text: '' };

export function BurnInFields({ settings, onSettings }: FieldsProps) {
  const burnIn = settings.burnIn ?? none;
  const change = (part: Partial<BurnIn>): void => {
    const changed = { ...burnIn, ...part };
    const isEmpty = changed.text === '' && !changed.timecode && !changed.sourceTimecode && !changed.frame && !changed.shot;
    onSettings({ ...settings, burnIn: isEmpty ? null : changed });
  };
  return (
    <div className="form-row">
      <span className="form-label">{text('export.burnIn')}</span>
      <div className="form-pair export-burn-in">
        {(['timecode', 'sourceTimecode', 'frame', 'shot'] as const).map((item) => (
          <Switch key={item} label={text(`burnIn.${item}`)} isOn={burnIn[item]} onChange={(isOn) => { change({ [item]: isOn }); }} />
        ))}
        <CommitField label={text('burnIn.text')} placeholder={text('burnIn.textHint')} value={burnIn.text} onCommit={(typed) => { change({ text: typed.trim().slice(0, 200) }); }} />
      </div>
      {settings.burnIn && <p className="form-hint export-hint">{text('burnIn.costs')}</p>}
    </div>
  );
}
