/** Says that the host is away, or that the project can only be looked at. */
import { useProject } from '../session/use-session.ts';
import { text } from '../texts/text.ts';
import { Icon } from '../controls/Icon.tsx';

export function ConnectionBanner() {
  const isConnected = useProject((view) => view.isConnected);
  const readOnly = useProject((view) => view.readOnly);
  if (!isConnected) {
    return <div className="banner" data-level="error" role="status"><Icon name="warning" />{text('connection.lost')}</div>;
  }
  if (readOnly === null) return null;
  return <div className="banner" role="status"><Icon name="info" />{text('readOnly.banner', { reason: readOnly })}</div>;
}
