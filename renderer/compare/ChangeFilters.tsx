/** How many clips there are of each state, each a switch that shows or hides them. */
import type { ChangeState } from '../../app/domain/diff/model.ts';
import { Icon } from '../controls/Icon.tsx';
import { text } from '../texts/text.ts';
import { changeIcons, type countStates } from './compare-rows.ts';

export function ChangeFilters({ counts, hidden, onHidden }: {
  readonly counts: ReturnType<typeof countStates>;
  readonly hidden: ReadonlySet<ChangeState>;
  readonly onHidden: (hidden: ReadonlySet<ChangeState>) => void;
}) {
  return (
    <div className="compare-filters" role="toolbar" aria-label={text('compare.filters')}>
      {counts.map(({ state, count }) => (
        <button
          key={state} type="button" className="chip compare-chip" data-change={state} aria-pressed={!hidden.has(state)}
          onClick={() => {
            const next = new Set(hidden);
            if (!next.delete(state)) next.add(state);
            onHidden(next);
          }}
        >
          <Icon name={changeIcons[state]} />{text('compare.count', { count, state: text(`change.${state}`) })}
        </button>
      ))}
    </div>
  );
}
