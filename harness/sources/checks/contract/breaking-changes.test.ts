import { describe, expect, it } from 'vitest';
import type { AcceptedContract } from '../../../model/api-contract.ts';
import { contractOf, heldTo } from './is-compatible.ts';

interface Told {
  readonly parameters?: readonly object[];
  readonly body?: object;
  /** Whether the body must be sent. */
  readonly demanded?: boolean;
  readonly answer?: object;
  readonly statuses?: object;
}

const documentOf = ({ parameters = [], body, demanded = false, answer = { type: 'object' }, statuses = {} }: Told) => ({
  openapi: '3.1.0',
  paths: {
    '/things/{id}': {
      get: {
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }, ...parameters],
        ...(body === undefined
          ? {}
          : { requestBody: { required: demanded, content: { 'application/json': { schema: body } } } }),
        responses: { 200: { content: { 'application/json; charset=utf-8': { schema: answer } } }, ...statuses },
      },
    },
  },
  components: {
    schemas: {
      Node: { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' }, name: { type: 'string' } } },
    },
  },
});

const accepted = (document: unknown, answers: { readonly [question: string]: unknown } = {}): AcceptedContract => ({
  run: 'run-1',
  release: 'r1',
  contract: contractOf({ document, answers }),
});

/** What is told to be broken between two documents. */
function broken(before: Told, now: Told): string {
  const [only] = heldTo(accepted(documentOf(before)), contractOf({ document: documentOf(now), answers: {} }));
  return only?.actual ?? 'nothing was held';
}

const kept = 'all that was promised';
const query = (name: string, schema: object, required = false) => ({ name, in: 'query', required, schema });
const object = (properties: object, ...required: string[]) => ({ type: 'object', properties, required });
const text = { type: 'string' };

describe('what an operation promises', () => {
  it.each<[string, Told, Told, string]>([
    ['the same', {}, {}, kept],
    ['another optional parameter', {}, { parameters: [query('mode', text)] }, kept],
    ['a parameter that is gone', { parameters: [query('mode', text)] }, {}, 'query mode is gone'],
    [
      'a new one that must be given',
      {},
      { parameters: [query('mode', text, true)] },
      'query mode is new and must be given',
    ],
    [
      'one that must be given now',
      { parameters: [query('mode', text)] },
      { parameters: [query('mode', text, true)] },
      'query mode must be given, and was optional',
    ],
    [
      'one that need not be given now',
      { parameters: [query('a', text, true)] },
      { parameters: [query('a', text)] },
      kept,
    ],
    [
      'another default',
      { parameters: [query('mode', { ...text, default: 'full' })] },
      { parameters: [query('mode', { ...text, default: 'summary' })] },
      'query mode is "summary" by default, and was "full"',
    ],
    [
      'a default that is gone',
      { parameters: [query('mode', { ...text, default: 'full' })] },
      { parameters: [query('mode', text)] },
      'query mode is nothing by default, and was "full"',
    ],
    [
      'one value less',
      { parameters: [query('mode', { enum: ['full', 'summary'] })] },
      { parameters: [query('mode', { enum: ['full', 'brief'] })] },
      'query mode no longer takes "summary"',
    ],
    [
      'only some values',
      { parameters: [query('mode', text)] },
      { parameters: [query('mode', { ...text, enum: ['full'] })] },
      'query mode takes only "full" now',
    ],
    [
      'another type',
      { parameters: [query('limit', text)] },
      { parameters: [query('limit', { type: 'integer' })] },
      'query limit no longer takes string',
    ],
    [
      'a wider type',
      { parameters: [query('limit', { type: 'integer' })] },
      { parameters: [query('limit', { type: 'number' })] },
      kept,
    ],
    ['a field more in what is sent', { body: object({ a: text }) }, { body: object({ a: text, b: text }) }, kept],
    [
      'a field more that must be sent',
      { body: object({ a: text }) },
      { body: object({ a: text, b: text }, 'b') },
      'what is sent: $.b must be given',
    ],
    [
      'a demand within something new',
      { body: object({ a: text }) },
      { body: object({ a: text, b: object({ c: text }, 'c') }) },
      kept,
    ],
    ['a body that may be sent', {}, { body: object({ a: text }, 'a') }, kept],
    ['a body that must be sent', {}, { body: object({}), demanded: true }, 'what is sent: $ must be given'],
    [
      'a body that must be sent now',
      { body: object({}) },
      { body: object({}), demanded: true },
      'what is sent: $ must be given, and was optional',
    ],
    ['a field more in the answer', { answer: object({ a: text }) }, { answer: object({ a: text, b: text }) }, kept],
    [
      'fields that are gone, the outermost only',
      { answer: object({ list: { type: 'array', items: object({ a: text }) } }) },
      { answer: object({}) },
      'answer 200: $.list is gone',
    ],
    [
      'a field that is there sometimes',
      { answer: object({ a: text }, 'a') },
      { answer: object({ a: text }) },
      'answer 200: $.a is no longer always there',
    ],
    [
      'null where there was none, as OpenAPI 3.0 says it',
      { answer: object({ a: text }) },
      { answer: object({ a: { ...text, nullable: true } }) },
      'answer 200: $.a can be null, and was string',
    ],
    ['null no longer', { answer: object({ a: { type: ['string', 'null'] } }) }, { answer: object({ a: text }) }, kept],
    [
      'anything where there was something',
      { answer: object({ a: text }) },
      { answer: object({ a: {} }) },
      'answer 200: $.a can be anything, and was string',
    ],
    ['one value more in the answer', { answer: { enum: ['a'] } }, { answer: { enum: ['a', 'b'] } }, kept],
    ['a success that is gone', { statuses: { 202: {} } }, {}, 'answer 202 is gone'],
    ['a refusal that is gone', { statuses: { 409: {} } }, {}, kept],
    ['a refusal more', {}, { statuses: { 429: {} } }, kept],
  ])('%s', (_what, before, now, told) => {
    expect(broken(before, now)).toBe(told);
  });

  it('is gone with the operation, whatever its path parameters are called', () => {
    const before = accepted(documentOf({}));
    const renamed = { ...documentOf({}), paths: { '/things/{thing_id}': documentOf({}).paths['/things/{id}'] } };
    expect(heldTo(before, contractOf({ document: renamed, answers: {} }))[0]?.actual).toBe(kept);
    const [gone] = heldTo(before, contractOf({ document: { openapi: '3.1.0', paths: {} }, answers: {} }));
    expect(gone).toMatchObject({ name: 'GET /things/{}: as in r1, or more', expected: kept, actual: 'it is gone' });
    expect(gone?.how).toContain('run-1 (release r1)');
  });
});

describe('schemas', () => {
  it('are followed through references, also those that lead to themselves', () => {
    const node = { $ref: '#/components/schemas/Node' };
    expect(broken({ answer: node }, { answer: node })).toBe(kept);
    expect(broken({ answer: node }, { answer: object({ name: text }) })).toBe('answer 200: $.next is gone');
  });

  it('of which all hold have the fields of all', () => {
    const all = { allOf: [object({ a: text }, 'a'), object({ b: text })] };
    expect(broken({ answer: object({ a: text, b: text }, 'a') }, { answer: all })).toBe(kept);
    expect(broken({ answer: all }, { answer: object({ a: text }, 'a') })).toBe('answer 200: $.b is gone');
  });

  it('of which one holds promise only what each has; null has nothing to lack', () => {
    const either = (...any: object[]) => ({ anyOf: any });
    const certain = object({ a: text }, 'a');
    expect(broken({ answer: either(certain, { type: 'null' }) }, { answer: certain })).toBe(kept);
    expect(broken({ answer: certain }, { answer: either(certain, object({ b: text })) })).toBe(
      'answer 200: $.a is no longer always there',
    );
    expect(broken({ answer: certain }, { answer: either(certain, { type: 'null' }) })).toBe(
      'answer 200: $ can be null, and was object',
    );
  });

  it('have parameters of a whole path, and references to them', () => {
    const { paths } = documentOf({});
    const shared = {
      openapi: '3.0.3',
      paths: { '/things/{id}': { ...paths['/things/{id}'], parameters: [{ $ref: '#/components/parameters/mode' }] } },
      components: { parameters: { mode: query('mode', text) } },
    };
    const [one] = heldTo(accepted(shared), contractOf({ document: documentOf({}), answers: {} }));
    expect(one?.actual).toBe('query mode is gone');
  });

  it('are of no other document', () => {
    expect(() => contractOf({ document: { paths: {} }, answers: {} })).toThrow('it is no OpenAPI document');
  });
});

describe('what was answered', () => {
  const answered = (before: unknown, now: unknown): string | undefined =>
    heldTo(accepted(null, { 'GET /it': before }), contractOf({ document: null, answers: { 'GET /it': now } }))[0]
      ?.actual;

  it.each<[string, unknown, unknown, string]>([
    ['the same, with other values', { a: 1, list: [{ b: 'x' }] }, { a: 2, list: [{ b: 'y' }, { b: 'z' }] }, kept],
    ['a field more', { a: 1 }, { a: 1, b: 2 }, kept],
    ['a field that is gone', { a: 1, b: 2 }, { a: 1 }, '$.b is gone'],
    ['a field that is gone in the entries of a list', [{ a: 1, b: 2 }], [{ a: 1 }], '$[].b is gone'],
    ['a field that some entries lack', [{ a: 1 }], [{ a: 1 }, {}], '$[].a is not always there'],
    ['a field that was not always there', [{ a: 1 }, {}], [{}], kept],
    ['another type', { a: 1 }, { a: '1' }, '$.a is string, and was number'],
    ['null, which tells no type', { a: { b: 1 } }, { a: null }, kept],
    ['an empty list, which lacks nothing', { list: [{ a: 1 }] }, { list: [] }, kept],
    ['names that look like paths', { 'a.b[]': 1 }, { 'a.b[]': 1 }, kept],
  ])('%s', (_what, before, now, told) => {
    expect(answered(before, now)).toBe(told);
  });

  it.each<[string, unknown, unknown, string]>([
    ['the entries of an empty list', { list: [{ a: { b: 1 } }] }, { list: [] }, '$.list[]'],
    ['the parts of what is null', { a: { b: 1 }, c: [1] }, { a: null, c: null }, '$.a.b, $.c[]'],
  ])('says of what nothing was seen: %s', (_what, before, now, unseen) => {
    const [one] = heldTo(
      accepted(null, { 'GET /it': before }),
      contractOf({ document: null, answers: { 'GET /it': now } }),
    );
    expect(one?.how).toContain(`; nothing was seen of ${unseen}, as there is none today`);
  });

  it('says nothing of what is gone, or there', () => {
    const [one] = heldTo(
      accepted(null, { 'GET /it': { a: 1, list: [{ b: 1 }] } }),
      contractOf({ document: null, answers: { 'GET /it': { list: [{ b: 2 }] } } }),
    );
    expect(one).toMatchObject({ actual: '$.a is gone', how: expect.not.stringContaining('nothing was seen') });
  });

  it('must be asked again', () => {
    const [one] = heldTo(accepted(null, { 'GET /it': {} }), contractOf({ document: null, answers: {} }));
    expect(one).toMatchObject({ name: 'the answer to GET /it: as in r1, or more', actual: 'it was not asked' });
  });
});

it('holds nothing to nothing', () => {
  expect(heldTo(undefined, contractOf({ document: documentOf({}), answers: {} }))).toEqual([]);
});
