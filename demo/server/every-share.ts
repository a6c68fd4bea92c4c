/** Picks exactly this share of its calls, evenly spread, never the first of them for a share below a half. */
export function everyShare(percent = 0): () => boolean {
  let calls = 0;
  return () => {
    const before = Math.floor((calls * percent) / 100);
    calls += 1;
    return Math.floor((calls * percent) / 100) > before;
  };
}
