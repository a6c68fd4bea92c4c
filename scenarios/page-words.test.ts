import { expect, it } from 'vitest';
import { pageWordsFor } from './page-words.ts';

it("gives a target's own words, and those of the checklist for the rest", () => {
  expect(pageWordsFor({ syncTab: 'Compare' })).toMatchObject({ syncTab: 'Compare', close: 'Close' });
});

it('refuses a word that no scenario looks for, and says which there are', () => {
  expect(() => pageWordsFor({ sinkTab: 'Compare' })).toThrow(
    /^the target's page has sinkTab, which no scenario looks for; there are deepLink, .*syncTab/,
  );
});
