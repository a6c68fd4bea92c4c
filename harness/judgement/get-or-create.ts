/** One entry of a list that is known to have it; throws a RangeError where that is a mistake. */
export function entry<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new RangeError(`there is no entry ${index} in a list of ${list.length}`);
  return found;
}
