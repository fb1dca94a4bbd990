/** How loud it plays, which has nothing to do with the export. */
import { CommandButton } from '../controls/CommandButton.tsx';
import { useSession, useUi } from '../session/use-session.ts';
import { text } from '../texts/text.ts';

export function Volume() {
  const session = useSession();
  const volume = useUi((ui) => ui.volume);
  const isMuted = useUi((ui) => ui.isMuted);
  return (
    <div className="volume">
      <CommandButton id="view.mute" icon={isMuted || volume === 0 ? 'speakerOff' : 'speaker'} isOn={isMuted} />
      <input
        type="range" className="slider" aria-label={text('viewer.volume')} min={0} max={100} value={isMuted ? 0 : Math.round(volume * 100)}
        onChange={(event) => { session.ui.setState({ volume: Number(event.target.value) / 100, isMuted: false }); }}
      />
    </div>
  );
}
