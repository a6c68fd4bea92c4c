/** An answer → its fields, as far as one answer tells. Pure. */
import { type Field, fieldPath, type Shape } from '../../../model/api-contract.ts';

/** `required`: in every object that could have had it. */
export function answerShape(answer: unknown): Shape {
  const seen = new Map<string, { readonly types: Set<string>; count: number; of: number }>();
  for (const [path, values, of] of placesOf([answer], '$')) {
    seen.set(path, { types: new Set(values.map(typeOf)), count: values.length, of });
  }
  return Object.fromEntries(
    [...seen].map(([path, { types, count, of }]): [string, Field] => [
      path,
      { types: [...types].sort(), required: count === of },
    ]),
  );
}

type Place = readonly [path: string, values: readonly unknown[], of: number];

/** Every path with the values that stand there, and how many could have. */
function placesOf(values: readonly unknown[], path: string, of = values.length): Place[] {
  const objects = values.filter(isObject);
  const entries = values.filter((one) => Array.isArray(one)).flat() as unknown[];
  const names = new Set(objects.flatMap((one) => Object.keys(one)));
  return [
    [path, values, of],
    ...(entries.length === 0 ? [] : placesOf(entries, `${path}[]`)),
    ...[...names].flatMap((name) => {
      const there = objects.filter((one) => Object.hasOwn(one, name)).map((one) => one[name]);
      return placesOf(there, fieldPath(path, name), objects.length);
    }),
  ];
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
