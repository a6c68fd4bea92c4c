import { describe, expect, it } from 'vitest';
import { parseExposition } from './parse-exposition.ts';

const one = (line: string) => parseExposition(line)[0];

describe('the text format of Prometheus', () => {
  it('is read with its comments, blank lines, labels and time stamps, as in its documentation', () => {
    const text = `# HELP http_requests_total The total number of HTTP requests.
# TYPE http_requests_total counter
http_requests_total{method="post",code="200"} 1027 1395066363000

# Minimalistic line:
metric_without_timestamp_and_labels 12.47
`;
    expect(parseExposition(text)).toEqual([
      { name: 'http_requests_total', labels: { method: 'post', code: '200' }, value: 1027, timestamp: 1395066363000 },
      { name: 'metric_without_timestamp_and_labels', labels: {}, value: 12.47, timestamp: null },
    ]);
  });

  it.each([
    ['+Inf', Number.POSITIVE_INFINITY],
    ['-Inf', Number.NEGATIVE_INFINITY],
    ['Inf', Number.POSITIVE_INFINITY],
    ['NaN', Number.NaN],
    ['1.7560473e+07', 17560473],
    ['.5', 0.5],
    ['-3', -3],
  ])('knows the number %s', (text, value) => {
    expect(one(`a ${text}`)?.value).toBe(value);
  });

  it('unescapes labels, and knows braces, commas and equals signs within them', () => {
    const line = String.raw`msdos{path="C:\\DIR\\FILE.TXT",error="no \"FILE\"\n",odd="a},b={c} # {d}"} 1`;
    expect(one(line)?.labels).toEqual({
      path: String.raw`C:\DIR\FILE.TXT`,
      error: 'no "FILE"\n',
      odd: 'a},b={c} # {d}',
    });
  });

  it('takes spaces, a comma at the end of the labels, and empty labels', () => {
    expect(one('a{ b = "1" , } 2')).toMatchObject({ labels: { b: '1' }, value: 2 });
    expect(one('a{} 2')).toMatchObject({ labels: {}, value: 2 });
    expect(one('a\t{b="1"}\t2\t3')).toMatchObject({ value: 2, timestamp: 3 });
  });

  it('knows the exemplars, the seconds and the end of OpenMetrics', () => {
    const text = `# TYPE foo histogram
foo_bucket{le="0.1"} 8 1520879607.789 # {trace_id="abc # d"} 0.043 1520879607.7
foo_created 1520872607.123
# EOF`;
    expect(parseExposition(text)).toEqual([
      { name: 'foo_bucket', labels: { le: '0.1' }, value: 8, timestamp: 1520879607.789 },
      { name: 'foo_created', labels: {}, value: 1520872607.123, timestamp: null },
    ]);
  });

  it('knows names and labels that need quotes', () => {
    expect(one('{"my.dotted.metric", "error message"="x"} 10')).toMatchObject({
      name: 'my.dotted.metric',
      labels: { 'error message': 'x' },
    });
    expect(one('{"my.dotted.metric"} 10')).toMatchObject({ name: 'my.dotted.metric', labels: {}, value: 10 });
  });

  it.each([
    '<!doctype html>',
    'a',
    'a one',
    'a{b="1"',
    'a{b=1} 2',
    'a{b="1" c="2"} 3',
    'a 1 2 3',
    'a 1 soon',
    '{"a"',
    '{b="1"} 2',
    '1a 2',
  ])('does not take %s for a sample, and says where it stands', (line) => {
    expect(() => parseExposition(`fine 1\n${line}\n`)).toThrow(`line 2 is no sample: ${line}`);
  });
});
