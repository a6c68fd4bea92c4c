/** Tabs as the ARIA authoring practices describe them: one is chosen, arrow keys move. */
import type { KeyboardEvent, ReactNode } from 'react';

/** One tab. `label` is its accessible name where that is more than the words on it. */
export interface Tab {
  readonly id: string;
  readonly words: ReactNode;
  readonly label?: string;
  readonly panel: () => ReactNode;
}

interface TabsProps {
  readonly name: string;
  readonly tabs: readonly Tab[];
  readonly chosenId: string;
  readonly onChoose: (id: string) => void;
}

/** The tabs and the panel of the chosen one; the other panels do not exist. */
export function Tabs({ name, tabs, chosenId, onChoose }: TabsProps) {
  const chosen = tabs.find(({ id }) => id === chosenId) ?? tabs[0];
  return (
    <div className="tabs">
      <div className="tab-list" role="tablist" aria-label={name} onKeyDown={moveFocus}>
        {tabs.map(({ id, words, label }) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`tab-${id}`}
            aria-label={label}
            aria-selected={id === chosen?.id}
            aria-controls={id === chosen?.id ? `panel-${id}` : undefined}
            tabIndex={id === chosen?.id ? 0 : -1}
            onClick={() => onChoose(id)}
          >
            {words}
          </button>
        ))}
      </div>
      {chosen && (
        <div className="tab-panel" role="tabpanel" id={`panel-${chosen.id}`} aria-labelledby={`tab-${chosen.id}`}>
          {chosen.panel()}
        </div>
      )}
    </div>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const position = buttons.findIndex((button) => button === document.activeElement);
  const next = buttons.at((position + step) % buttons.length);
  next?.focus();
  next?.click();
}
