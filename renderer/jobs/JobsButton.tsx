/** The jobs' place in the top bar: how many run, and how far they are. */
import { commandOf } from '../commands/all-commands.ts';
import { shownKeys } from '../commands/keys.ts';
import { runCommand } from '../commands/run-command.ts';
import { Icon } from '../controls/Icon.tsx';
import { useProject, useSession, useUi } from '../session/use-session.ts';
import { plural, text } from '../texts/text.ts';
import { isAlive } from './job-words.ts';

/** Circumference of the ring. */
const ring = 2 * Math.PI * 6;

export function JobsButton() {
  const session = useSession();
  const jobs = useProject((view) => view.jobs);
  const isOpen = useUi((ui) => ui.isJobsOpen);
  const alive = [...jobs.values()].filter(isAlive);
  const progress = alive.length === 0 ? 0 : alive.reduce((sum, job) => sum + job.progress, 0) / alive.length;
  const words = alive.length > 0 ? plural('jobs.running', alive.length) : text('jobs.title');
  return (
    <button
      type="button" className="icon-button" aria-label={words} aria-pressed={isOpen} data-tip={words} data-keys={shownKeys(commandOf('view.jobs').keys[0] ?? '').join(' ')}
      onClick={() => { runCommand(session, 'view.jobs'); }}
    >
      {alive.length === 0
        ? <Icon name="jobs" />
        : (
          <svg className="icon jobs-ring" viewBox="0 0 16 16" aria-hidden="true">
            <circle cx="8" cy="8" r="6" />
            <circle cx="8" cy="8" r="6" strokeDasharray={ring} strokeDashoffset={ring * (1 - progress)} />
          </svg>
        )}
    </button>
  );
}
