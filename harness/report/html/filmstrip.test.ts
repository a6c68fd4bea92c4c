import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { fixtureEvidence, fixtureTimings } from '../fixtures/evidence.fixture.ts';
import { goReport } from '../fixtures/gate-reports.fixture.ts';
import { renderHtml } from '../render-html.ts';

const base64 = Buffer.from('a picture '.repeat(1000)).toString('base64');

function pageWith(films: unknown, pictures: { readonly [path: string]: string }): Document {
  const timings = fixtureTimings({ sli: 'scope-switch.visible', medianMs: 100, spread: 0.1, count: 9 });
  const evidence = [fixtureEvidence('browser', [timings], { films: films as string })];
  return parseHTML(renderHtml(goReport.report, { evidence, pictures })).document;
}

const films = [
  {
    sli: 'scope-switch.visible',
    group: 'source-vs-project',
    valueMs: 212.4,
    frames: [
      { ms: -40, path: 'evidence/f-1.jpeg' },
      { ms: 190, path: 'evidence/f-2.jpeg' },
      { ms: 230, path: 'evidence/gone.jpeg' },
    ],
  },
];

describe('a film strip', () => {
  it('stands in its finding, whole, and says what its pictures are of', () => {
    const page = pageWith(films, { 'evidence/f-1.jpeg': base64, 'evidence/f-2.jpeg': base64 });
    const strip = page.getElementById('scope-switch.visible')?.querySelector('figure.film');
    const images = [...(strip?.querySelectorAll('img') ?? [])];
    expect(images.map((image) => image.getAttribute('src'))).toEqual(Array(2).fill(`data:image/jpeg;base64,${base64}`));
    expect(images.map((image) => image.getAttribute('alt'))).toEqual(['The screen before', 'The screen after 190 ms']);
    expect(strip?.textContent).toContain('source-vs-project, 212 ms there');
    expect(page.querySelector('meta[http-equiv]')?.getAttribute('content')).toContain('; img-src data:;');
  });

  it.each([
    ['no picture is there', films, {}],
    ['a picture is none', films, { 'evidence/f-1.jpeg': '"><script>alert(8)</script>' }],
    ['the facts are of another kind', '"><script>alert(9)</script>', { 'evidence/f-1.jpeg': base64 }],
  ])('is left out when %s', (_, facts, pictures) => {
    const page = pageWith(facts, pictures);
    expect(page.querySelectorAll('img, figure.film')).toHaveLength(0);
    expect(page.querySelectorAll('script')).toHaveLength(1);
    expect(page.getElementById('scope-switch.visible')?.textContent).toMatch(/No pictures of the screen: (they|none) /);
  });

  it('lets pages without pictures load none', () => {
    expect(pageWith(films, {}).querySelector('meta[http-equiv]')?.getAttribute('content')).not.toContain('img-src');
  });
});
