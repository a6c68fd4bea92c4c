/** An OpenAPI document → its operations, with every schema as the fields it has. Pure. */
import { z } from 'zod';
import type { Field, Operation, Shape } from '../../../model/api-contract.ts';
import { type Fields, openSchemas } from './read-schema.ts';

const content = z.record(z.string(), z.looseObject({ schema: z.unknown().optional() })).default({});

const parameter = z.looseObject({
  name: z.string(),
  in: z.string(),
  required: z.boolean().default(false),
  schema: z.unknown().optional(),
});

const operation = z.looseObject({
  parameters: z.array(z.unknown()).default([]),
  requestBody: z.unknown().optional(),
  responses: z.record(z.string(), z.unknown()).default({}),
});

const document = z.looseObject({
  openapi: z.string(),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Throws, with what is wrong, for what is no OpenAPI document. */
export function readDocument(parsed: unknown): { readonly [operation: string]: Operation } {
  const read = document.safeParse(parsed);
  if (!read.success) throw new Error(`it is no OpenAPI document: ${z.prettifyError(read.error)}`);
  const schemas = openSchemas(parsed);
  const operations = Object.entries(read.data.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => methods.includes(method))
      .map(([method, one]): [string, Operation] => [
        `${method.toUpperCase()} ${path.replaceAll(/\{[^}]*\}/g, '{}')}`,
        readOperation(one, { shared: item['parameters'], ...schemas }),
      ]),
  );
  return Object.fromEntries(operations);
}

interface Reading extends ReturnType<typeof openSchemas> {
  /** Parameters of all operations of a path. */
  readonly shared: unknown;
}

function readOperation(of: unknown, { shared, resolve, fieldsOf }: Reading): Operation {
  const { parameters, requestBody, responses } = operation.parse(of);
  const shapeOf = (holder: unknown): Shape => {
    const [json] = Object.entries(content.parse(objectOf(resolve(holder))['content']))
      .filter(([mediaType]) => /\bjson\b/.test(mediaType))
      .map(([, { schema }]) => schema);
    return json === undefined ? {} : Object.fromEntries(fieldsOf(json, '$'));
  };
  return {
    parameters: Object.fromEntries(
      [...(Array.isArray(shared) ? shared : []), ...parameters]
        .map((one) => parameter.parse(resolve(one)))
        // A path's own parameters are in its address.
        .filter((one) => one.in !== 'path')
        .map((one) => [`${one.in} ${one.name}`, parameterField(one, fieldsOf)]),
    ),
    body: bodyOf(resolve(requestBody), shapeOf),
    responses: Object.fromEntries(Object.entries(responses).map(([status, one]) => [status, shapeOf(one)])),
  };
}

/** Of a body that may be left out, nothing must be given. */
function bodyOf(requestBody: unknown, shapeOf: (holder: unknown) => Shape): Shape {
  const shape = shapeOf(requestBody ?? {});
  const { $: whole } = shape;
  return whole === undefined ? {} : { ...shape, $: { ...whole, required: objectOf(requestBody)['required'] === true } };
}

function parameterField(
  { required, schema }: z.infer<typeof parameter>,
  fieldsOf: (schema: unknown, at: string) => Fields,
): Field {
  const field = fieldsOf(schema ?? {}, '$').get('$') ?? { types: [] };
  return { ...field, required };
}

function objectOf(value: unknown): { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null ? (value as { readonly [key: string]: unknown }) : {};
}
