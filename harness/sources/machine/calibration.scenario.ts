/** The same click on the same page, in two passes that differ in nothing: what differs all the same is the machine's noise. */

import { test } from '../../browser-kit/kit.ts';
import { calibration } from '../../model/evidence.ts';

test('The same click on the same page', async ({ scenario }) => {
  const { plan } = scenario;
  await scenario.visits(async (visit) => {
    await visit.reach({ act: { navigate: `${plan.web}/` }, until: [{ css: '#answer', text: 'answer 0' }] });
    for (const round of visit.rounds()) {
      await visit.time(calibration.click, {
        // The button is always there: no looking for it, which would take longer than the click.
        act: () => visit.page.mouse.click(50, 50),
        until: [{ css: '#answer', text: `answer ${round}` }],
        group: plan.pass.number === 1 ? 'A' : 'B',
        how: 'the same click on the same page, in two runs of the browser',
      });
    }
  });
});
