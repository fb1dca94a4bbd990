/** What can be done with the picture, beside playing it. */
import { CommandButton } from '../controls/CommandButton.tsx';
import { useProject, useUi } from '../session/use-session.ts';

export function ViewerMenu() {
  const showsSafeAreas = useUi((ui) => ui.showsSafeAreas);
  const usesProxies = useProject((view) => view.usesProxies);
  return (
    <>
      <CommandButton id="view.proxies" icon="proxy" isOn={usesProxies} />
      <CommandButton id="view.safeAreas" icon="safeAreas" isOn={showsSafeAreas} />
      <CommandButton id="view.still" icon="still" />
      <CommandButton id="view.fullScreen" icon="fullScreen" />
    </>
  );
}
