/** Bin, viewer and inspector above, the timeline below; sizes are the user's. An empty project shows how to begin. */
import type { FocusEvent } from 'react';
import { Bin } from '../bin/Bin.tsx';
import { Splitter } from '../controls/Splitter.tsx';
import { Inspector } from '../inspector/Inspector.tsx';
import { JobsDrawer } from '../jobs/JobsDrawer.tsx';
import type { FocusArea } from '../session/selection-store.ts';
import { usualPreferences } from '../session/ui-store.ts';
import { useProject, useSession, useUi } from '../session/use-session.ts';
import { text } from '../texts/text.ts';
import { Viewer } from '../viewer/Viewer.tsx';
import { Welcome } from '../welcome/Welcome.tsx';
import { TimelinePanel } from './TimelinePanel.tsx';
import './workspace.css';

export function Workspace() {
  const session = useSession();
  const isEmpty = useProject((view) => view.state.shots.size === 0 && view.state.clips.size === 0);
  const binWidth = useUi((ui) => ui.binWidth);
  const inspectorWidth = useUi((ui) => ui.inspectorWidth);
  const timelineHeight = useUi((ui) => ui.timelineHeight);
  const isInspectorShown = useUi((ui) => ui.isInspectorShown);
  const note = ({ target }: { readonly target: EventTarget }): void => {
    const area = target instanceof Element ? target.closest<HTMLElement>('[data-area]')?.dataset['area'] : undefined;
    if (area !== undefined && area !== session.selection.getState().area) session.selection.setState({ area: area as FocusArea });
  };
  if (isEmpty) {
    return (
      <main className="workspace">
        <Welcome />
        <JobsDrawer />
      </main>
    );
  }
  return (
    <main className="workspace" onFocusCapture={(event: FocusEvent) => { note(event); }} onPointerDownCapture={note}>
      <div className="workspace-upper">
        <section className="panel" style={{ width: binWidth }} data-area="bin" aria-label={text('bin.title')}><Bin /></section>
        <Splitter
          label={text('layout.binWidth')} isVertical size={binWidth} least={240} most={800} usual={usualPreferences.binWidth} direction={1}
          onSize={(size) => { session.ui.setState({ binWidth: size }); }}
        />
        <section className="panel panel-wide" data-area="viewer" aria-label={text('viewer.title')}><Viewer /></section>
        {isInspectorShown && (
          <>
            <Splitter
              label={text('layout.inspectorWidth')} isVertical size={inspectorWidth} least={200} most={480} usual={usualPreferences.inspectorWidth} direction={-1}
              onSize={(size) => { session.ui.setState({ inspectorWidth: size }); }}
            />
            <section className="panel" style={{ width: inspectorWidth }} data-area="inspector" aria-label={text('inspector.title')}><Inspector /></section>
          </>
        )}
      </div>
      <Splitter
        label={text('layout.timelineHeight')} isVertical={false} size={timelineHeight} least={140} most={800} usual={usualPreferences.timelineHeight} direction={-1}
        onSize={(size) => { session.ui.setState({ timelineHeight: size }); }}
      />
      <section className="panel" style={{ height: timelineHeight }} data-area="timeline" aria-label={text('timeline.title')}><TimelinePanel /></section>
      <JobsDrawer />
    </main>
  );
}
