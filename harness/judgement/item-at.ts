/** The item of a list that is known to be there; throws a RangeError where that is a mistake. */
export function itemAt<T>(list: ArrayLike<T>, index: number): T {
  const found = list[index];
  if (found === undefined) throw new RangeError(`there is no item ${index} in a list of ${list.length}`);
  return found;
}
