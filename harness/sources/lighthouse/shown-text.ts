/**
 * What a loaded page shows, as a gatherer and an audit of Lighthouse: a page that shows an error paints its first content
 * as fast as any, so a run counts only where the page shows what it should.
 */
import { Audit, Gatherer } from 'lighthouse';
import { shownTextAudit } from './read-run.ts';

const artifact = 'RampgateShownText';

class ShownTextGatherer extends Gatherer {
  override meta: Gatherer['meta'] = { supportedModes: ['navigation'] };

  override getArtifact({ driver }: Parameters<Gatherer['getArtifact']>[0]): Promise<string> {
    const read = (): string => document.body.innerText.replace(/\s+/g, ' ');
    return driver.executionContext.evaluate(read, { args: [], useIsolation: true });
  }
}

class ShownTextAudit extends Audit {
  static override get meta(): typeof Audit.meta {
    return {
      id: shownTextAudit,
      title: 'What the page shows once it is loaded',
      description: 'Kept to tell the page that was meant from one that shows an error.',
      scoreDisplayMode: Audit.SCORING_MODES.INFORMATIVE,
      requiredArtifacts: [artifact as never],
    };
  }

  static override audit(artifacts: Parameters<typeof Audit.audit>[0]): { score: number; displayValue: string } {
    return { score: 1, displayValue: String(Reflect.get(artifacts, artifact)) };
  }
}

/** What the configuration of a run needs on top of Lighthouse's own. */
export const shownText = {
  artifacts: [{ id: artifact, gatherer: { implementation: ShownTextGatherer } }],
  audits: [{ implementation: ShownTextAudit }],
};
