/** A source of metrics, as the probe uses it: begin to count, and later read what was counted since. */

import type { SeriesRise } from './series.ts';
import type { SeriesSelector } from './settings.ts';

export interface CountingSource {
  /** For messages. */
  readonly name: string;
  /** Begins now. Throws where the source does not answer as one. */
  begin(): Promise<Counting>;
}

export interface Counting {
  /** Reads what was counted until now. `names` are those that must tell of now; waits for them as long as it may. */
  read(names: readonly string[]): Promise<CountedSince>;
}

export interface CountedSince {
  /** What each series did. Empty where none matches. */
  rises(selector: SeriesSelector): Promise<readonly SeriesRise[]>;
  /** What the source said of itself that leaves its answers incomplete; grows with every question. */
  readonly warnings: readonly string[];
}
