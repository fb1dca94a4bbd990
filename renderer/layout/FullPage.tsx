/** A state that fills the window: refused, broken, connecting. */
import type { ReactNode } from 'react';
import { Icon, type IconName } from '../controls/Icon.tsx';
import './full-page.css';

export function FullPage({ icon, title, words, detail, children }: {
  readonly icon: IconName;
  readonly title: string;
  readonly words: string;
  readonly detail?: string | null;
  readonly children?: ReactNode;
}) {
  return (
    <main className="full-page">
      <div className="full-page-box">
        <Icon name={icon} />
        <h1>{title}</h1>
        <p>{words}</p>
        {detail !== undefined && detail !== null && detail !== '' && <p className="full-page-detail">{detail}</p>}
        {children}
      </div>
    </main>
  );
}
