/** Files dropped anywhere on the window. A browser hides where they lie: then our file browser opens, and says why. */
import { useEffect, useState } from 'react';
import { bringIn } from '../bring-in/bring-in.ts';
import { Icon } from '../controls/Icon.tsx';
import type { Session } from '../session/session.ts';
import { useSession } from '../session/use-session.ts';
import { text } from '../texts/text.ts';

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}

async function take(session: Session, files: readonly File[]): Promise<void> {
  const { desktop } = session;
  const paths = desktop ? files.map((file) => desktop.pathOf(file)).filter((path) => path !== '') : [];
  if (paths.length > 0) {
    await bringIn(session, paths);
    return;
  }
  session.ui.setState({ dialog: 'bringIn' });
  session.notices.show('info', text('drop.noPaths'));
}

export function DropTarget() {
  const session = useSession();
  const [isOver, setIsOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setIsOver(true);
    };
    const leave = (event: DragEvent): void => { if (event.relatedTarget === null) setIsOver(false); };
    const drop = (event: DragEvent): void => {
      setIsOver(false);
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      take(session, [...event.dataTransfer.files]).catch((error: unknown) => { session.fail(error); });
    };
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
    };
  }, [session]);
  return isOver ? <div className="drop-target"><Icon name="folder" />{text('drop.here')}</div> : null;
}
