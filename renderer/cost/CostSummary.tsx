/** The cost of the whole movie over the timeline: a bar of its steps, the line in words, and what would make it cheaper. */
import type { Cost } from '../../app/contract/editor/commands.ts';
import { Icon } from '../controls/Icon.tsx';
import { useProject } from '../session/use-session.ts';
import { plural, text } from '../texts/text.ts';
import { costLine } from './cost-words.ts';
import { Outliers } from './Outliers.tsx';
import './cost.css';

const kinds = ['copy', 'cached', 'smart', 'encode'] as const;

export function CostSummary() {
  const cost = useProject((view) => view.cost);
  if (!cost) return <div className="cost" />;
  const count = kinds.reduce((sum, kind) => sum + cost.steps[kind], 0);
  if (cost.problem !== null) {
    return <div className="cost" role="status"><span className="cost-problem one-line" data-tip={cost.problem}><Icon name="warning" />{cost.problem}</span></div>;
  }
  if (count === 0) return <div className="cost"><span className="one-line">{text('cost.nothing')}</span></div>;
  return (
    <div className="cost">
      <Bar cost={cost} count={count} />
      <span className="cost-line one-line" role="status" data-tip={text('cost.profile', { profile: cost.profile })}>{costLine(cost)}</span>
      {cost.outliers.length > 0 && cost.steps.encode < count && <Outliers cost={cost} />}
    </div>
  );
}

function Bar({ cost: { steps }, count }: { readonly cost: Cost; readonly count: number }) {
  return (
    <div className="cost-bar" aria-hidden="true">
      {kinds.map((kind) => steps[kind] > 0 && <span key={kind} data-kind={kind} data-tip={plural(`cost.tip.${kind}`, steps[kind])} style={{ flexGrow: Math.max(steps[kind], count / 40) }} />)}
    </div>
  );
}
