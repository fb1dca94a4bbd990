/** A text field that tells its value when the user is done: Enter or leaving it; Escape takes back what was typed. */
import { useEffect, useState } from 'react';

export function CommitField({ label, id, value, placeholder, isDisabled = false, isLong = false, className = '', onCommit }: {
  readonly label?: string;
  readonly id?: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly isDisabled?: boolean;
  readonly isLong?: boolean;
  readonly className?: string;
  readonly onCommit: (value: string) => void;
}) {
  const [typed, setTyped] = useState(value);
  useEffect(() => { setTyped(value); }, [value]);
  const commit = (): void => { if (typed !== value) onCommit(typed); };
  const common = {
    id, value: typed, placeholder, disabled: isDisabled, 'aria-label': label, className: `field ${className}`, autoComplete: 'off', spellCheck: false,
    onBlur: commit,
    onChange: (event: { readonly target: { readonly value: string } }) => { setTyped(event.target.value); },
    onKeyDown: (event: React.KeyboardEvent) => {
      if (event.key === 'Enter' && (!isLong || event.ctrlKey || event.metaKey)) commit();
      if (event.key === 'Escape' && typed !== value) {
        event.stopPropagation();
        setTyped(value);
      }
    },
  };
  return isLong ? <textarea rows={3} {...common} /> : <input type="text" {...common} />;
}
