/** A titled group of rows. */
import type { ReactNode } from 'react';

export function Section({ title, more, children }: { readonly title: string; readonly more?: string; readonly children: ReactNode }) {
  return (
    <section className="inspector-section">
      <h3><span className="one-line">{title}</span>{more !== undefined && <span className="inspector-more">{more}</span>}</h3>
      {children}
    </section>
  );
}
