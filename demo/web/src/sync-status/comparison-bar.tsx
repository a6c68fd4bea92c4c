/** Chooses which two places are compared. */
import type { Artifact, Scope } from '../../../contract.ts';
import { scopeLabels, scopes, whyUnavailable } from '../scopes.ts';

interface ComparisonBarProps {
  readonly artifact: Artifact;
  readonly projectPath: string | null;
  readonly scope: Scope;
  readonly onChoose: (scope: Scope) => void;
}

/** A list for reading and three buttons for speed. */
export function ComparisonBar({ artifact, projectPath, scope, onChoose }: ComparisonBarProps) {
  const offers = scopes.map((offer) => ({ offer, reason: whyUnavailable(offer, artifact, projectPath) }));
  return (
    <div className="comparison-bar">
      <label htmlFor="comparison">Compare:</label>
      <select id="comparison" value={scope} onChange={(event) => onChoose(event.target.value as Scope)}>
        {offers.map(({ offer, reason }) => (
          <option key={offer} value={offer} disabled={reason !== null}>
            {scopeLabels[offer].option}
          </option>
        ))}
      </select>
      <div className="segments">
        {offers.map(({ offer, reason }) => (
          <button
            key={offer}
            type="button"
            aria-pressed={offer === scope}
            disabled={reason !== null}
            title={reason ?? undefined}
            onClick={() => onChoose(offer)}
          >
            {scopeLabels[offer].button}
          </button>
        ))}
      </div>
    </div>
  );
}
