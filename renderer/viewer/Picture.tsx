/** Where the picture is shown. Without a programme there is a word instead. */
import { useEffect, useRef } from 'react';
import { programmeLength } from '../../app/domain/edits/programme.ts';
import { Icon } from '../controls/Icon.tsx';
import { useProject, useSession } from '../session/use-session.ts';
import { text } from '../texts/text.ts';
import { StillPicture } from './still-picture.ts';

export function Picture() {
  const isEmpty = useProject((view) => programmeLength(view.state) === 0);
  if (isEmpty) return <div className="empty viewer-empty"><Icon name="film" /><h3>{text('viewer.empty')}</h3><p>{text('viewer.emptyWords')}</p></div>;
  return <Screen />;
}

function Screen() {
  const session = useSession();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!canvas.current) return undefined;
    const picture = new StillPicture(session, canvas.current);
    return () => { picture.dispose(); };
  }, [session]);
  return <div className="viewer-picture"><canvas ref={canvas} role="img" aria-label={text('viewer.picture')} /></div>;
}
