/** What people see when the page could not be rendered. */
import { Component, type ReactNode } from 'react';

/** Shows a sentence and a way on instead of an empty page. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError() {
    return { hasFailed: true };
  }

  override render() {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <main className="notice" role="alert">
        <h1>This page could not be shown</h1>
        <p>The error has been reported. Loading the page again often helps.</p>
        <button type="button" className="button" onClick={() => window.location.reload()}>
          Load again
        </button>
      </main>
    );
  }
}
