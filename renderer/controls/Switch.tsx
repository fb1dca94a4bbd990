/** On or off, with its words. */
export function Switch({ label, isOn, onChange, isDisabled = false }: {
  readonly label: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly isDisabled?: boolean;
}) {
  return (
    <label className="switch">
      <input type="checkbox" role="switch" checked={isOn} disabled={isDisabled} onChange={(event) => { onChange(event.target.checked); }} />
      {label}
    </label>
  );
}
