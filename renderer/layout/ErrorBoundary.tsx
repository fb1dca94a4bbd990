/** What is shown when the interface itself breaks: nothing is lost, since every edit is already with the host. */
import { Component, type ReactNode } from 'react';
import { text } from '../texts/text.ts';
import { FullPage } from './FullPage.tsx';

export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly error: Error | null }> {
  override state: { readonly error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { readonly error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <FullPage icon="warning" title={text('broken.title')} words={text('broken.words')} detail={error.message}>
        <button type="button" className="button button-primary button-large" onClick={() => { location.reload(); }}>{text('broken.reload')}</button>
      </FullPage>
    );
  }
}
