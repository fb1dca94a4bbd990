/** A shot's picture from its strip; moving over it scrubs through the shot. */
import { useState, type PointerEvent } from 'react';
import { stripTiles } from '../../app/contract/strip-tiles.ts';
import type { Shot } from '../../app/domain/project/project.ts';
import { Icon, type IconName } from '../controls/Icon.tsx';
import { useProject } from '../session/use-session.ts';
import { text, type TextKey } from '../texts/text.ts';

/** The first picture is often black or a slate's back. */
const restTile = 2;

const faces: Readonly<Record<'missing' | 'refused' | 'indexing', { readonly icon: IconName; readonly words: TextKey }>> = {
  missing: { icon: 'missing', words: 'shot.missing' },
  refused: { icon: 'warning', words: 'shot.refused' },
  indexing: { icon: 'jobs', words: 'shot.indexing' },
};

/** Strips that this page has asked for: they are shown at once while the list flies by, others wait until it rests. */
const asked = new Set<string>();

export function Thumbnail({ shot, isNamed = false, isWaiting = false }: { readonly shot: Shot; readonly isNamed?: boolean; readonly isWaiting?: boolean }) {
  const mediaBase = useProject((view) => view.host?.mediaBase ?? '');
  const [tile, setTile] = useState<number | null>(null);
  if (shot.status !== 'ready') {
    const { icon, words } = faces[shot.status];
    return <div className="thumbnail" data-status={shot.status}><Icon name={icon} />{isNamed && <span>{text(words)}</span>}</div>;
  }
  if (!shot.media?.picture) return <div className="thumbnail" data-status="sound"><Icon name="sound" /></div>;
  // Another file of the shot's is another picture.
  const address = `${mediaBase}/shots/${String(shot.id)}/strip?of=${shot.media.fingerprint.slice(0, 16)}`;
  const isShown = !isWaiting || asked.has(address);
  if (isShown) asked.add(address);
  const shown = tile ?? restTile;
  const scrub = ({ currentTarget, clientX }: PointerEvent): void => {
    const { left, width } = currentTarget.getBoundingClientRect();
    setTile(Math.min(stripTiles - 1, Math.max(0, Math.floor(((clientX - left) / width) * stripTiles))));
  };
  return (
    <div
      className="thumbnail" onPointerMove={scrub} onPointerLeave={() => { setTile(null); }}
      style={{ backgroundImage: isShown ? `url("${address}")` : undefined, backgroundPositionX: `${String((shown / (stripTiles - 1)) * 100)}%` }}
    >
      {tile !== null && <span className="thumbnail-place" style={{ left: `${String((tile / stripTiles) * 100)}%` }} />}
    </div>
  );
}
