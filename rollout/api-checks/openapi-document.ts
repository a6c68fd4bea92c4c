/** The target's OpenAPI document: below the API's address, or at its origin. */
import type { CheckContext } from '../../harness/model/check.ts';

/** Resolves to a string with the reason where there is none. Throws for a document that is not JSON. */
export async function openApiDocument({
  request,
  api,
  openapi,
}: CheckContext): Promise<{ readonly place: string; readonly parsed: unknown } | string> {
  const places = [`${api}${openapi}`, new URL(openapi, api).href];
  for (const place of places) {
    const answer = await request(place);
    if (answer.status === 200) return { place, parsed: answer.json() };
  }
  return `the target has no OpenAPI document at ${places.join(' or ')}`;
}
