/** An empty project: how to begin. */
import { CommandButton } from '../controls/CommandButton.tsx';
import { Icon } from '../controls/Icon.tsx';
import { useProject } from '../session/use-session.ts';
import { jobLine, isAlive } from '../jobs/job-words.ts';
import { text } from '../texts/text.ts';
import './welcome.css';

export function Welcome() {
  const jobs = useProject((view) => view.jobs);
  const running = [...jobs.values()].find(isAlive);
  return (
    <div className="welcome">
      <div className="welcome-box">
        <div className="welcome-strip" aria-hidden="true">
          <span data-kind="copy" style={{ flexGrow: 5 }} /><span data-kind="copy" style={{ flexGrow: 3 }} /><span data-kind="smart" style={{ flexGrow: 1 }} /><span data-kind="copy" style={{ flexGrow: 4 }} />
          <span data-kind="cached" style={{ flexGrow: 2 }} /><span data-kind="copy" style={{ flexGrow: 3 }} />
        </div>
        <h2>{text('welcome.title')}</h2>
        <p>{text('welcome.words')}</p>
        {running
          ? (
            <div className="welcome-job" role="status">
              <span>{running.label}</span>
              <div className="progress"><div className="progress-bar" style={{ transform: `scaleX(${String(running.progress)})` }} /></div>
              <span className="welcome-line">{jobLine(running)}</span>
            </div>
          )
          : (
            <div className="welcome-buttons">
              <CommandButton id="file.bringIn" icon="folder" className="button button-primary button-large">{text('welcome.bringIn')}</CommandButton>
              <CommandButton id="file.sample" icon="film" className="button button-large">{text('welcome.sample')}</CommandButton>
            </div>
          )}
        <p className="welcome-hint"><Icon name="info" />{text('welcome.hint')}</p>
      </div>
    </div>
  );
}
