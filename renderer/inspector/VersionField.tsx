/** Which version of its shot a clip shows, among those that the project has. */
import { useId } from 'react';
import type { TimelineClip } from '../../app/domain/project/project.ts';
import { stepClips } from '../commands/version-commands.ts';
import { Select } from '../controls/Select.tsx';
import { useProject, useSession } from '../session/use-session.ts';
import { text } from '../texts/text.ts';

/** `clips` show one shot: a picture and its sound. Nothing where there is one version alone. */
export function VersionField({ clips }: { readonly clips: readonly [TimelineClip, ...TimelineClip[]] }) {
  const session = useSession();
  const shots = useProject((view) => view.state.shots);
  const isReadOnly = useProject((view) => view.readOnly !== null);
  const id = useId();
  const shot = shots.get(clips[0].shotId);
  const group = shot?.versionGroup ?? null;
  if (!shot || group === null || shot.version === null) return null;
  const usable = [...shots.values()].flatMap(({ versionGroup, version, status }) => (versionGroup === group && version !== null && status === 'ready' ? [version] : []));
  const versions = [...new Set([...usable, shot.version])].toSorted((a, b) => b - a);
  if (versions.length < 2) return null;
  return (
    <div className="form-row">
      <label className="form-label" htmlFor={id}>{text('fact.version')}</label>
      <Select
        id={id} value={String(shot.version)} isDisabled={isReadOnly} options={versions.map((version) => ({ value: String(version), label: text('versions.option', { version: String(version) }) }))}
        onChange={(version) => { stepClips(session, clips.map((clip) => clip.id), Number(version)).catch((error: unknown) => { session.fail(error); }); }}
      />
    </div>
  );
}
