/** Timecode, marks and the keys that move the playhead. */
import { CommandButton } from '../controls/CommandButton.tsx';
import { useProject, usePlayback } from '../session/use-session.ts';
import { formatLength } from '../texts/format.ts';
import { text } from '../texts/text.ts';
import { programmeLength } from '../../app/domain/edits/programme.ts';
import { TimecodeField } from './TimecodeField.tsx';
import { Volume } from './Volume.tsx';

export function TransportBar() {
  const speed = usePlayback((playback) => playback.speed);
  return (
    <div className="transport" role="toolbar" aria-label={text('viewer.transport')}>
      <div className="transport-side">
        <TimecodeField />
        <span className="transport-speed">{speed !== 0 && speed !== 1 ? text('viewer.speed', { speed: `${speed < 0 ? '−' : ''}${String(Math.abs(speed))}` }) : ''}</span>
      </div>
      <div className="transport-keys">
        <CommandButton id="marks.in" icon="markIn" />
        <CommandButton id="play.previousCut" icon="toStart" />
        <CommandButton id="play.stepBack" icon="stepBack" />
        <CommandButton id="play.toggle" icon={speed === 0 ? 'play' : 'pause'} isFilled={speed === 0} className="icon-button transport-play" />
        <CommandButton id="play.stepForward" icon="stepForward" />
        <CommandButton id="play.nextCut" icon="toEnd" />
        <CommandButton id="marks.out" icon="markOut" />
      </div>
      <div className="transport-side transport-end">
        <Volume />
        <Length />
      </div>
    </div>
  );
}

/** The marked range's length where there is one, else the programme's. */
function Length() {
  const sequence = useProject((view) => view.state.sequence);
  const whole = useProject((view) => programmeLength(view.state));
  const { markIn, markOut, rate } = sequence;
  const isMarked = markIn !== null || markOut !== null;
  const length = Math.max(0, (markOut ?? whole) - (markIn ?? 0));
  const name = text(isMarked ? 'viewer.markedLength' : 'viewer.length');
  return <span className="timecode transport-length" data-marked={isMarked} data-tip={name}><span className="visually-hidden">{name}</span>{formatLength(length, rate)}</span>;
}
