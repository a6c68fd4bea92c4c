import { describe, expect, it } from 'vitest';
import { grouped, type LastEvents, newsAmong } from './news.ts';
import { alertNotice, type Notice, recoveryNotice } from './notice.ts';

const about = { run: 'watch-1', at: '2026-11-28T12:40:00.000Z', target: 'production 0.4.0', link: null };
const watched = (id: string) => ({
  id,
  title: `${id} too high`,
  value: '4.1 %, limit < 2 %',
  since: '12:38',
  advice: 'Look at the log.',
});
const alert = (id: string): Notice => alertNotice(watched(id), about);
const recovery = (id: string): Notice => recoveryNotice(watched(id), about);

describe('newsAmong', () => {
  it('tells an alert once and its recovery once, however often both are said, and an alert after that again', () => {
    const said = [alert('a'), alert('a'), recovery('a'), recovery('a'), alert('a')];
    let told: LastEvents = new Map();
    const news = said.map((notice) => {
      const result = newsAmong([notice], told);
      told = result.told;
      return result.news.length;
    });
    expect(news).toEqual([1, 0, 1, 0, 1]);
  });

  it('tells no recovery of what nobody was alarmed about', () => {
    expect(newsAmong([recovery('a'), alert('b')], new Map()).news.map(({ topic }) => topic)).toEqual([
      'b production 0.4.0',
    ]);
  });

  it('goes on where an earlier part of the run ended', () => {
    const { told } = newsAmong([alert('a')], new Map());
    expect(newsAmong([alert('a'), recovery('a')], told).news.map(({ event }) => event)).toEqual(['recovery']);
  });
});

describe('grouped', () => {
  it('makes one message of the alerts of one moment and another of the recoveries', () => {
    const [alerts, over, ...others] = grouped([alert('a'), recovery('c'), alert('b')]);
    expect(others).toEqual([]);
    expect(alerts?.message.title).toBe('2 alerts: a too high: production 0.4.0; b too high: production 0.4.0');
    expect(alerts?.message.findings.map(({ criterion }) => criterion)).toEqual(['a', 'b']);
    expect(alerts?.message.sentences).toContain('b: Look at the log.');
    expect(over?.message.title).toBe('Recovered: c too high: production 0.4.0');
  });

  it('says how many more there are than a message has room for', () => {
    const [all] = grouped(Array.from({ length: 20 }, (_, index) => alert(`watchpoint-${index}`)));
    expect([all?.message.findings.length, all?.message.more]).toEqual([6, 14]);
    expect(all?.message.title.length).toBeLessThanOrEqual(140);
  });
});
