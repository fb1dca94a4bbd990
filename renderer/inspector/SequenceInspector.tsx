/** The sequence: name, rate, start timecode, and what it holds. */
import { useId } from 'react';
import { formatRational } from '../../app/domain/rational.ts';
import { formatTimecode, parseTimecode } from '../../app/domain/timecode.ts';
import { offeredRates } from '../export/export-choices.ts';
import { CommitField } from '../controls/CommitField.tsx';
import { Select } from '../controls/Select.tsx';
import { programmeLength } from '../../app/domain/edits/programme.ts';
import { useProject, useSession } from '../session/use-session.ts';
import { formatLength, formatRate } from '../texts/format.ts';
import { formatNumber, text } from '../texts/text.ts';
import { Fact } from './Fact.tsx';
import { Section } from './Section.tsx';

export function SequenceInspector() {
  const session = useSession();
  const state = useProject((view) => view.state);
  const isReadOnly = useProject((view) => view.readOnly !== null);
  const { sequence } = state;
  const nameId = useId();
  const rateId = useId();
  const startId = useId();
  const rate = formatRational(sequence.rate);
  const isFixed = isReadOnly || state.clips.size > 0;
  const setStart = (typed: string): void => {
    const startFrame = parseTimecode(typed, sequence.rate, sequence.dropFrame);
    if (startFrame === null) session.notices.show('warning', text('sequence.noTimecode', { typed }));
    else void session.edit({ kind: 'setSequence', startFrame, dropFrame: /[;,.]\d\d$/.test(typed.trim()) });
  };
  return (
    <>
      <Section title={text('inspector.sequence')}>
        <div className="form-row">
          <label className="form-label" htmlFor={nameId}>{text('column.name')}</label>
          <CommitField id={nameId} value={sequence.name} placeholder={text('sequence.untitled')} isDisabled={isReadOnly} onCommit={(name) => { void session.edit({ kind: 'setSequence', name }); }} />
        </div>
        <div className="form-row">
          <label className="form-label" htmlFor={rateId}>{text('fact.rate')}</label>
          <Select
            id={rateId} value={rate} isDisabled={isFixed} options={offeredRates.map((each) => ({ value: formatRational(each), label: formatRate(each) }))}
            onChange={(value) => {
              const chosen = offeredRates.find((each) => formatRational(each) === value);
              if (chosen) void session.edit({ kind: 'setSequence', rate: chosen });
            }}
          />
        </div>
        <div className="form-row">
          <label className="form-label" htmlFor={startId}>{text('sequence.start')}</label>
          <CommitField id={startId} className="timecode" value={formatTimecode(sequence.startFrame, sequence.rate, sequence.dropFrame)} isDisabled={isReadOnly} onCommit={setStart} />
        </div>
      </Section>
      <Section title={text('inspector.holds')}>
        <dl>
          <Fact name={text('column.duration')} isTimecode value={formatLength(programmeLength(state), sequence.rate)} />
          <Fact name={text('sequence.clips')} value={formatNumber(state.clips.size)} />
          <Fact name={text('sequence.shots')} value={formatNumber(state.shots.size)} />
          <Fact name={text('sequence.markers')} value={formatNumber(state.markers.size)} />
        </dl>
      </Section>
    </>
  );
}
