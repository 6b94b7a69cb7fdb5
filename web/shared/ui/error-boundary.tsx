import { Component, type ReactNode } from 'react';
import { lang } from '../i18n/i18n.ts';
import { PROBLEM_TEXTS } from '../texts/problems.ts';

/** A part that breaks says so, and leaves the rest of the page alone. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false };
  static getDerivedStateFromError(): { isBroken: boolean } {
    return { isBroken: true };
  }
  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children;
    const say = (key: string): string => PROBLEM_TEXTS[key]?.[lang()] ?? key;
    return (
      <section className="problem" role="alert">
        <h2>{say('page-broken.title')}</h2>
        <p>{say('page-broken.detail')}</p>
        <button type="button" className="plain-button" onClick={() => location.reload()}>
          {say('reload')}
        </button>
      </section>
    );
  }
}
