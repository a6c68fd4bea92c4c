/** JSON schemas as OpenAPI 3.0 and 3.1 use them → fields by path. What is not looked at promises nothing here. Pure. */
import { defined } from '../../../lib/defined.ts';
import { type Field, fieldPath } from '../../../model/api-contract.ts';

export type Fields = ReadonlyMap<string, Field>;

interface Schema {
  readonly [keyword: string]: unknown;
}

interface Place {
  readonly at: string;
  readonly required: boolean;
  /** References that led here: one that leads to itself ends. */
  readonly within: readonly string[];
}

/** Readers of the schemas of one document. */
export function openSchemas(document: unknown): {
  readonly resolve: (value: unknown) => unknown;
  readonly fieldsOf: (schema: unknown, at: string) => Fields;
} {
  const pointed = (reference: string): unknown =>
    reference
      .replace(/^#\//, '')
      .split('/')
      .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
      .reduce<unknown>((value, part) => schemaOf(value)[part], document);
  const resolve = (value: unknown): unknown => {
    const { $ref: reference } = schemaOf(value);
    return typeof reference === 'string' ? pointed(reference) : value;
  };
  const read = (given: unknown, place: Place): Fields => {
    const { $ref: reference, ...beside } = schemaOf(given);
    if (typeof reference !== 'string') return readPlain(schemaOf(given), place);
    if (place.within.includes(reference)) return new Map([[place.at, { types: [], required: place.required }]]);
    const within = [...place.within, reference];
    const named = readPlain(schemaOf(pointed(reference)), { ...place, within });
    return Object.keys(beside).length === 0 ? named : both([named, readPlain(beside, place)], place);
  };
  const readPlain = (schema: Schema, place: Place): Fields => {
    const own = new Map([[place.at, fieldOf(schema, place.required)], ...partsOf(schema, place)]);
    const all = listOf(schema['allOf']).map((one) => read(one, place));
    const any = [...listOf(schema['anyOf']), ...listOf(schema['oneOf'])].map((one) => read(one, place));
    const [first, ...others] = any;
    return both([own, ...all, ...(first === undefined ? [] : [either([first, ...others], place)])], place);
  };
  const partsOf = (schema: Schema, { at, within }: Place): [string, Field][] => {
    const required = listOf(schema['required']);
    const { items, additionalProperties: values } = schema;
    return [
      ...Object.entries(schemaOf(schema['properties'])).flatMap(([name, one]) => [
        ...read(one, { at: fieldPath(at, name), required: required.includes(name), within }),
      ]),
      ...(isSchema(items) ? read(items, { at: `${at}[]`, required: false, within }) : []),
      ...(isSchema(values) ? read(values, { at: `${at}{}`, required: false, within }) : []),
    ];
  };
  return { resolve, fieldsOf: (schema, at) => read(schema, { at, required: true, within: [] }) };
}

function fieldOf(schema: Schema, required: boolean): Field {
  const { type, nullable, enum: values, const: only, default: standing } = schema;
  const types = (Array.isArray(type) ? type : [type]).filter((one) => typeof one === 'string');
  const named = types.length > 0 && nullable === true ? [...types, 'null'] : types;
  const limited = Array.isArray(values) ? values : only === undefined ? null : [only];
  return {
    types: sorted(named),
    required,
    ...(limited === null ? {} : { values: sorted(limited.map((one) => JSON.stringify(one))) }),
    ...(standing === undefined ? {} : { default: JSON.stringify(standing) }),
  };
}

/** All of them hold. */
function both(all: readonly Fields[], { at, required }: Place): Fields {
  const merged = new Map<string, Field>();
  for (const fields of all) {
    for (const [path, field] of fields) {
      const known = merged.get(path);
      merged.set(path, known === undefined ? field : narrowed(known, field));
    }
  }
  return merged.set(at, { ...(merged.get(at) ?? { types: [] }), required });
}

function narrowed(one: Field, other: Field): Field {
  const { values = other.values, default: standing = other.default } = one;
  return {
    types: one.types.length === 0 ? other.types : one.types,
    required: one.required || other.required,
    ...defined({ values, default: standing }),
  };
}

/** One of them holds: a field is always there only if each that can have it always has it. */
function either(all: readonly [Fields, ...Fields[]], { at, required }: Place): Fields {
  const paths = new Set(all.flatMap((fields) => [...fields.keys()]));
  const merged = new Map([...paths].map((path): [string, Field] => [path, oneOf(all, { path, at })]));
  return merged.set(at, { ...(merged.get(at) ?? { types: [] }), required });
}

function oneOf(all: readonly Fields[], { path, at }: { readonly path: string; readonly at: string }): Field {
  const found = all.flatMap((fields) => fields.get(path) ?? []);
  // Null has no fields, and lacks none.
  const couldHave = all.filter((fields) => fields.has(path) || fields.get(at)?.types.join() !== 'null');
  const types = found.map((field) => field.types);
  const values = found.flatMap((field) => field.values ?? []);
  const [standing] = found.flatMap((field) => field.default ?? []);
  const areLimited = found.every((field) => field.values !== undefined || field.types.join() === 'null');
  return {
    types: types.some((one) => one.length === 0) ? [] : sorted(types.flat()),
    required: found.length === couldHave.length && found.every((field) => field.required),
    ...(areLimited && values.length > 0 ? { values: sorted(values) } : {}),
    ...defined({ default: standing }),
  };
}

function sorted(words: readonly string[]): string[] {
  return [...new Set(words)].sort();
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function schemaOf(value: unknown): Schema {
  return isSchema(value) ? value : {};
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
