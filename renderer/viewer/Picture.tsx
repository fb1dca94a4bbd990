/** Where the picture is shown: by the player, or frame by frame as stills where a page cannot play. Without a programme there is a word instead. */
import { useEffect, useRef } from 'react';
import { programmeLength } from '../../app/domain/edits/programme.ts';
import { Icon } from '../controls/Icon.tsx';
import { useProject, useSession } from '../session/use-session.ts';
import { text } from '../texts/text.ts';
import { canPlay, playOn } from './player-screen.ts';
import { StillPicture } from './still-picture.ts';

export function Picture() {
  const isEmpty = useProject((view) => programmeLength(view.state) === 0);
  if (isEmpty) return <div className="empty viewer-empty"><Icon name="film" /><h3>{text('viewer.empty')}</h3><p>{text('viewer.emptyWords')}</p></div>;
  return <Screen />;
}

function Screen() {
  const session = useSession();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A canvas that was given to a worker cannot be given again: each player gets its own.
    const canvas = document.createElement('canvas');
    place.current?.append(canvas);
    const picture = canPlay() ? null : new StillPicture(session, canvas);
    const end = picture ? () => { picture.dispose(); } : playOn(canvas, session);
    return () => {
      end();
      canvas.remove();
    };
  }, [session]);
  return <div ref={place} className="viewer-picture" data-player role="img" aria-label={text('viewer.picture')} />;
}
