/** A series in one line of text. */

const bars = '▁▂▃▄▅▆▇█';
/** For a terminal without the bars: from the lowest, 0, to the highest, 9. */
const digits = '0123456789';

export interface Drawing {
  readonly ascii: boolean;
  /** What is far out is drawn as such, however flat it makes the rest; otherwise it counts as the highest, or the lowest. */
  readonly whole?: boolean;
  /** What is as high as a character can be, where 0 is the lowest; what is more is as high. */
  readonly top?: number;
}

/** One character a value, from the lowest to the highest unless `top` says otherwise; all in the middle where they are equal. */
export function sparkline(values: readonly number[], { ascii, whole = false, top }: Drawing): string {
  const levels = ascii ? digits : bars;
  const [lowest, highest] = scaleOf(values, { whole, top });
  return values
    .map((value) => {
      const share = highest === lowest ? 0.5 : (value - lowest) / (highest - lowest);
      return levels[Math.min(levels.length - 1, Math.max(0, Math.floor(share * levels.length)))] ?? '';
    })
    .join('');
}

type Scale = Pick<Drawing, 'whole'> & { readonly top: number | undefined };

function scaleOf(values: readonly number[], { whole, top }: Scale): readonly [number, number] {
  if (top !== undefined) return [0, top];
  return whole === true ? [Math.min(...values), Math.max(...values)] : withinFences(values);
}

/** Without what is far out, by J. W. Tukey's outer fences (Exploratory Data Analysis, 1977): one value must not flatten the rest. */
function withinFences(values: readonly number[]): readonly [number, number] {
  const sorted = values.toSorted((one, other) => one - other);
  const quarter = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const [low, high] = [quarter(0.25), quarter(0.75)];
  const fence = 3 * (high - low);
  const within = sorted.filter((value) => value >= low - fence && value <= high + fence);
  return [within[0] ?? 0, within.at(-1) ?? 0];
}
