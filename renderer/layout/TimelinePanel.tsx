/** The timeline with its tools and what the movie will cost. */
import { CostSummary } from '../cost/CostSummary.tsx';
import { CommandButton } from '../controls/CommandButton.tsx';
import { tools } from '../session/ui-store.ts';
import { useUi } from '../session/use-session.ts';
import { text } from '../texts/text.ts';
import { Timeline } from '../timeline/Timeline.tsx';
import { TimelineList } from './TimelineList.tsx';
import './timeline-panel.css';

export function TimelinePanel() {
  const isList = useUi((ui) => ui.isTimelineList);
  return (
    <>
      <div className="timeline-bar">
        <ToolButtons />
        <span className="divider" />
        <Toggles />
        <CostSummary />
        <CommandButton id="timeline.zoomOut" icon="zoomOut" />
        <CommandButton id="timeline.zoomToFit" icon="zoomFit" />
        <CommandButton id="timeline.zoomIn" icon="zoomIn" />
      </div>
      {isList ? <TimelineList /> : <Timeline />}
    </>
  );
}

function ToolButtons() {
  const tool = useUi((ui) => ui.tool);
  return (
    <div className="timeline-tools" role="toolbar" aria-label={text('timeline.tools')}>
      {tools.map((name) => <CommandButton key={name} id={`tool.${name}`} icon={name} isOn={tool === name} />)}
    </div>
  );
}

function Toggles() {
  const isSnapping = useUi((ui) => ui.isSnapping);
  const isFollowing = useUi((ui) => ui.isFollowing);
  const isList = useUi((ui) => ui.isTimelineList);
  return (
    <div className="timeline-tools">
      <CommandButton id="timeline.snapping" icon="snap" isOn={isSnapping} />
      <CommandButton id="timeline.follow" icon="follow" isOn={isFollowing} />
      <CommandButton id="marker.add" icon="marker" />
      <CommandButton id="view.timelineList" icon="list" isOn={isList} />
    </div>
  );
}
