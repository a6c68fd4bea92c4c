/** A series in one line of text. */

const bars = '▁▂▃▄▅▆▇█';
/** For a terminal without the bars: from the lowest, 0, to the highest, 9. */
const digits = '0123456789';

export interface Drawing {
  readonly ascii: boolean;
  /** What is far out is drawn as such, however flat it makes the rest; otherwise it counts as the highest, or the lowest. */
  readonly whole?: boolean;
}

/** One character a value, from the lowest to the highest; all in the middle where they are equal. */
export function sparkline(values: readonly number[], { ascii, whole = false }: Drawing): string {
  const levels = ascii ? digits : bars;
  const [lowest, highest] = whole ? [Math.min(...values), Math.max(...values)] : scaleOf(values);
  return values
    .map((value) => {
      const share = highest === lowest ? 0.5 : (value - lowest) / (highest - lowest);
      return levels[Math.min(levels.length - 1, Math.max(0, Math.floor(share * levels.length)))] ?? '';
    })
    .join('');
}

/** Without what is far out, by J. W. Tukey's outer fences (Exploratory Data Analysis, 1977): one value must not flatten the rest. */
function scaleOf(values: readonly number[]): readonly [number, number] {
  const sorted = values.toSorted((one, other) => one - other);
  const quarter = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const [low, high] = [quarter(0.25), quarter(0.75)];
  const fence = 3 * (high - low);
  const within = sorted.filter((value) => value >= low - fence && value <= high + fence);
  return [within[0] ?? 0, within.at(-1) ?? 0];
}
