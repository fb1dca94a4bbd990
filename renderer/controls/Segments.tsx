/** One of a few, side by side. Radio buttons underneath: arrows move between them. */
import { useId } from 'react';

export type SegmentOption<Value extends string> = { readonly value: Value; readonly label: string; readonly tip?: string; readonly isDisabled?: boolean };

export function Segments<Value extends string>({ label, value, options, onChange }: {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly SegmentOption<Value>[];
  readonly onChange: (value: Value) => void;
}) {
  const name = useId();
  return (
    <div className="segments" role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value} className="segment" data-tip={option.tip}>
          <input type="radio" name={name} checked={option.value === value} disabled={option.isDisabled ?? false} onChange={() => { onChange(option.value); }} />
          {option.label}
        </label>
      ))}
    </div>
  );
}
