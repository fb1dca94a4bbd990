/** The playhead's timecode, which is also where one is typed. It is written straight to the element at every frame. */
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { formatTimecode } from '../../app/domain/timecode.ts';
import { useProject, useSession } from '../session/use-session.ts';
import { text } from '../texts/text.ts';
import { typedFrame } from './typed-timecode.ts';

export function TimecodeField() {
  const session = useSession();
  const { startFrame, rate, dropFrame } = useProject((view) => view.state.sequence);
  const ref = useRef<HTMLInputElement>(null);
  const isTyping = useRef(false);
  useEffect(() => {
    const show = (frame: number): void => {
      if (ref.current && !isTyping.current) ref.current.value = formatTimecode(frame + startFrame, rate, dropFrame);
    };
    show(session.playback.frame);
    return session.playback.moved.on(show);
  }, [session, startFrame, rate, dropFrame]);

  const stopTyping = (): void => {
    isTyping.current = false;
    const element = ref.current;
    if (!element) return;
    element.removeAttribute('aria-invalid');
    element.value = formatTimecode(session.playback.frame + startFrame, rate, dropFrame);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const element = event.currentTarget;
    if (event.key === 'Escape') {
      stopTyping();
      element.blur();
    }
    if (event.key !== 'Enter') return;
    const frame = typedFrame(element.value, { startFrame, rate, dropFrame, frame: session.playback.frame });
    if (frame === null) {
      element.setAttribute('aria-invalid', 'true');
      return;
    }
    session.playback.setSpeed(0);
    session.playback.seek(frame);
    stopTyping();
    element.blur();
  };
  return (
    <input
      ref={ref} type="text" className="timecode timecode-field" data-timecode aria-label={text('viewer.timecode')} data-tip={text('viewer.timecodeTip')} autoComplete="off" spellCheck={false}
      onFocus={(event) => { event.currentTarget.select(); }}
      onInput={(event) => {
        isTyping.current = true;
        event.currentTarget.removeAttribute('aria-invalid');
      }}
      onBlur={stopTyping} onKeyDown={onKeyDown}
    />
  );
}
