/** Where the picture is shown. The player draws on its canvas; without a programme there is a word instead. */
import { useProject } from '../session/use-session.ts';
import { programmeLength } from '../../app/domain/edits/programme.ts';
import { text } from '../texts/text.ts';
import { Icon } from '../controls/Icon.tsx';

export function Picture() {
  const isEmpty = useProject((view) => programmeLength(view.state) === 0);
  if (isEmpty) return <div className="empty viewer-empty"><Icon name="film" /><h3>{text('viewer.empty')}</h3><p>{text('viewer.emptyWords')}</p></div>;
  return <div className="viewer-picture" />;
}
