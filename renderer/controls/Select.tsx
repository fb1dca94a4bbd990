/** One of many, in the platform's own list drawn in our colours. */
export function Select<Value extends string>({ label, id, value, options, onChange, isDisabled = false }: {
  readonly label?: string;
  readonly id?: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
  readonly isDisabled?: boolean;
}) {
  return (
    <select id={id} className="field select" aria-label={label} value={value} disabled={isDisabled} onChange={(event) => { onChange(event.target.value as Value); }}>
      {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
    </select>
  );
}
