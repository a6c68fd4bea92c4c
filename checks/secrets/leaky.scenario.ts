/** Visits a page that shows, logs, sends and receives secrets, and writes down what it sees. */
import { test } from '../../harness/browser-kit/kit.ts';

test('A page full of secrets', async ({ scenario }) => {
  const { web } = scenario.plan;
  await scenario.visits(async (visit) => {
    await visit.time('leaky.shown', {
      act: { navigate: `${web}/?access_token=planted-in-the-url` },
      until: [{ css: 'h1', text: 'Secrets' }],
      how: 'the page',
    });
    await visit.untilQuiet();
    const text = await visit.page.locator('body').innerText();
    visit.check('leaky.text', { name: 'the text', expected: 'nothing', actual: text, how: 'read from the page' });
    visit.occurrences('leaky.console', { what: visit.problems(), exposedTo: 'visits', how: 'the console' });
    await visit.page.getByRole('textbox').fill(process.env['PLANTED_TOKEN'] ?? '');
    throw new Error(`failed with ${process.env['PLANTED_TOKEN']}`);
  });
});
