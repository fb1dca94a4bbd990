/** Which two cuts are compared: the project's sequence or a timeline file on either side, and a button that swaps them. */
import type { Comparison } from '../../app/contract/editor/compare.ts';
import { Icon } from '../controls/Icon.tsx';
import { useProject } from '../session/use-session.ts';
import { fileName, formatRate } from '../texts/format.ts';
import { text } from '../texts/text.ts';
import { withCut, type Cuts, type CutSide } from './compare-rows.ts';

export type CutSidesProps = {
  readonly cuts: Cuts;
  readonly comparison: Comparison | null;
  readonly browsing: CutSide | null;
  readonly onCuts: (cuts: Cuts) => void;
  readonly onChoose: (side: CutSide) => void;
};

export function CutSides(props: CutSidesProps) {
  const { cuts, onCuts } = props;
  return (
    <div className="compare-sides">
      <Side side="old" {...props} />
      <button type="button" className="icon-button" aria-label={text('compare.swap')} data-tip={text('compare.swap')} onClick={() => { onCuts({ old: cuts.now, now: cuts.old }); }}><Icon name="swap" /></button>
      <Side side="now" {...props} />
    </div>
  );
}

function Side({ side, cuts, comparison, browsing, onCuts, onChoose }: CutSidesProps & { readonly side: CutSide }) {
  const sequence = useProject((view) => view.state.sequence);
  const projectName = useProject((view) => view.name);
  const path = cuts[side];
  const label = text(`compare.${side}`);
  const cut = comparison?.[side];
  const facts = path === null
    ? [text('compare.thisSequence'), text('compare.rate', { rate: formatRate(sequence.rate) })]
    : cut ? [cut.format, text('compare.rate', { rate: formatRate(cut.rate) })] : [];
  return (
    <div className="compare-side" role="group" aria-label={label} data-browsing={browsing === side}>
      <span className="compare-side-label">{label}</span>
      <span className="compare-cut">
        <span className="one-line" data-tip={path ?? undefined} data-empty={path === undefined}>{path === undefined ? text('compare.notChosen') : path === null ? sequence.name || projectName : fileName(path)}</span>
        {facts.length > 0 && <span className="compare-facts one-line">{facts.join(' · ')}</span>}
      </span>
      {path !== null && <button type="button" className="button button-quiet" onClick={() => { onCuts(withCut(cuts, side, null)); }}>{text('compare.useSequence')}</button>}
      <button type="button" className="button" onClick={() => { onChoose(side); }}>{text('export.choose')}</button>
    </div>
  );
}
