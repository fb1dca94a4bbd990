/** A name and what cannot be changed about it. */
export function Fact({ name, value, isTimecode = false }: { readonly name: string; readonly value: string; readonly isTimecode?: boolean }) {
  if (value === '') return null;
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd className={isTimecode ? 'timecode' : ''} data-tip={value.length > 30 ? value : undefined}>{value}</dd>
    </div>
  );
}
