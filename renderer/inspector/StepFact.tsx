/** What becomes of a clip when the movie is made, and why. */
import { useProject } from '../session/use-session.ts';
import { text, type TextKey } from '../texts/text.ts';

const kinds: readonly { readonly name: string; readonly words: TextKey }[] = [
  { name: 'copy', words: 'step.copy' }, { name: 'smart', words: 'step.smart' }, { name: 'encode', words: 'step.encode' }, { name: 'cached', words: 'step.cached' }, { name: 'black', words: 'step.black' },
];

export function StepFact({ clipId }: { readonly clipId: number }) {
  const cost = useProject((view) => view.cost);
  const index = cost?.clipId.indexOf(clipId) ?? -1;
  const kind = cost && index >= 0 ? kinds[cost.kind[index] ?? -1] : undefined;
  if (!cost || !kind) return null;
  return (
    <div className="fact">
      <dt>{text('inspector.step')}</dt>
      <dd><span className="step" data-kind={kind.name} />{text(kind.words)}<span className="step-reason">{cost.reasons[cost.reason[index] ?? -1] ?? ''}</span></dd>
    </div>
  );
}
