/** Picks exactly this share of the calls, evenly spread; below a half never the first one. */
export function everyShare(percent = 0): () => boolean {
  let calls = 0;
  return () => {
    const before = Math.floor((calls * percent) / 100);
    calls += 1;
    return Math.floor((calls * percent) / 100) > before;
  };
}
