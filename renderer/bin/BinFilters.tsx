/** Filters as chips: circled takes, ratings, tags, trouble. They stand in one line, so that nothing moves. */
import { useMemo } from 'react';
import type { Shot } from '../../app/domain/project/project.ts';
import { Icon } from '../controls/Icon.tsx';
import { useMenu } from '../controls/use-menu.tsx';
import { useProject } from '../session/use-session.ts';
import { text } from '../texts/text.ts';
import type { BinFilter } from './bin-rows.ts';

type Props = { readonly filter: BinFilter; readonly onFilter: (filter: BinFilter) => void };

export function BinFilters({ filter, onFilter }: Props) {
  const shots = useProject((view) => view.state.shots);
  const troubles = useMemo(() => count(shots, ({ status }) => status === 'missing' || status === 'refused'), [shots]);
  const tags = useMemo(() => [...new Set([...shots.values()].flatMap((shot) => shot.tags))].toSorted((a, b) => a.localeCompare(b)), [shots]);
  const ratings = useMenu(text('filter.rating'), () => [0, 1, 2, 3, 4, 5].map((least) => ({
    label: least === 0 ? text('filter.anyRating') : text('filter.leastRating', { least }), isOn: filter.leastRating === least, run: () => { onFilter({ ...filter, leastRating: least }); },
  })));
  const tagMenu = useMenu(text('filter.tag'), () => [
    { label: text('filter.anyTag'), isOn: filter.tag === null, run: () => { onFilter({ ...filter, tag: null }); } },
    ...tags.map((tag) => ({ label: tag, isOn: filter.tag === tag, run: () => { onFilter({ ...filter, tag }); } })),
  ]);
  return (
    <div className="bin-filters" role="toolbar" aria-label={text('filter.title')}>
      <button type="button" className="chip" aria-pressed={filter.isCircledOnly} onClick={() => { onFilter({ ...filter, isCircledOnly: !filter.isCircledOnly }); }}>
        <Icon name="circle" />{text('filter.circled')}
      </button>
      <button type="button" className="chip" aria-haspopup="menu" aria-pressed={filter.leastRating > 0} onClick={(event) => { ratings.openUnder(event.currentTarget); }}>
        <Icon name="star" />{filter.leastRating > 0 ? text('filter.leastRating', { least: filter.leastRating }) : text('filter.rating')}<Icon name="chevronDown" />
      </button>
      {tags.length > 0 && (
        <button type="button" className="chip" aria-haspopup="menu" aria-pressed={filter.tag !== null} onClick={(event) => { tagMenu.openUnder(event.currentTarget); }}>
          <Icon name="tag" />{filter.tag ?? text('filter.tag')}<Icon name="chevronDown" />
        </button>
      )}
      {troubles > 0 && (
        <button type="button" className="chip chip-trouble" aria-pressed={filter.isTroubleOnly} onClick={() => { onFilter({ ...filter, isTroubleOnly: !filter.isTroubleOnly }); }}>
          <Icon name="warning" />{text('filter.trouble', { count: troubles })}
        </button>
      )}
      {ratings.menu}
      {tagMenu.menu}
    </div>
  );
}

function count(shots: ReadonlyMap<number, Shot>, fits: (shot: Shot) => boolean): number {
  let fitting = 0;
  for (const shot of shots.values()) if (fits(shot)) fitting++;
  return fitting;
}
