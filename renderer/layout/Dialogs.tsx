/** The dialog that is open, if any. */
import { AssembleDialog } from '../assemble/AssembleDialog.tsx';
import { BringInDialog } from '../bring-in/BringInDialog.tsx';
import { CompareDialog } from '../compare/CompareDialog.tsx';
import { ExportDialog } from '../export/ExportDialog.tsx';
import { TimelineExportDialog } from '../export/TimelineExportDialog.tsx';
import { Palette } from '../palette/Palette.tsx';
import { RelinkDialog } from '../relink/RelinkDialog.tsx';
import { useSession, useUi } from '../session/use-session.ts';
import { SettingsDialog } from '../settings/SettingsDialog.tsx';
import { ShortcutSheet } from '../settings/ShortcutSheet.tsx';

export function Dialogs() {
  const session = useSession();
  const dialog = useUi((ui) => ui.dialog);
  const onClose = (): void => { session.ui.setState({ dialog: null }); };
  switch (dialog) {
    case 'export': return <ExportDialog onClose={onClose} />;
    case 'bringIn': return <BringInDialog onClose={onClose} />;
    case 'assemble': return <AssembleDialog onClose={onClose} />;
    case 'relink': return <RelinkDialog onClose={onClose} />;
    case 'compare': return <CompareDialog onClose={onClose} />;
    case 'exportTimeline': return <TimelineExportDialog onClose={onClose} />;
    case 'settings': return <SettingsDialog onClose={onClose} />;
    case 'shortcuts': return <ShortcutSheet onClose={onClose} />;
    case 'palette': return <Palette onClose={onClose} />;
    case null: return null;
  }
}
