import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Places, runs } from '../../src/lib/bytes.ts';
import { language } from '../../src/lib/script.ts';
import { waterfall } from '../../src/lib/waterfall.ts';
import { age, apart, bits, count, country, date, score, signedBits, size } from '../../src/lib/words.ts';

test('bytes of UTF-8 are places in the text', () => {
  for (const text of [
    '',
    'plain',
    'Ærø Łódź',
    'سجاد کاشیان',
    '习近平 of 中国',
    '𝒜 mark 👩‍👩‍👧 and more',
    'é'.repeat(5000),
  ]) {
    const places = new Places(text);
    const encoder = new TextEncoder();
    let unit = 0;
    for (const character of text) {
      const byte = encoder.encode(text.slice(0, unit)).length;
      assert.equal(places.unit(byte), unit, `${text.slice(0, 20)} at byte ${byte}`);
      unit += character.length;
    }
    assert.equal(places.unit(1e9), text.length);
  }
});

test('a text is cut at mentions and quote, and nothing of it is lost', () => {
  const text = 'Emen Net Pasargad is of Tehran; Kashian worked there.';
  const mentions = [
    { start: 32, end: 39 },
    { start: 0, end: 17 },
  ];
  const cut = runs(text, mentions, { start: 9, end: 30 });
  assert.equal(cut.map((run) => run.text).join(''), text);
  assert.deepEqual(
    cut.map((run) => [run.text, run.mention, run.opens, run.quoted]),
    [
      ['Emen Net ', 1, true, false],
      ['Pasargad', 1, false, true],
      [' is of Tehran', null, false, true],
      ['; ', null, false, false],
      ['Kashian', 0, true, false],
      [' worked there.', null, false, false],
    ],
  );
  assert.deepEqual(runs('', [], null), []);
});

test('a waterfall ends where the bits add up to', () => {
  const row = (bits: number) => ({
    feature: 'name',
    kind: 'exact',
    query: '',
    candidate: '',
    bits,
    share: 0,
    gain: 0,
    stake: 1,
  });
  const { steps, zero, sum, stake } = waterfall([row(8), row(-2), row(4)]);
  assert.deepEqual(
    steps.map((step) => step.total),
    [8, 6, 10],
  );
  assert.deepEqual([steps[1]?.left, steps[1]?.width], [60, 20]);
  assert.deepEqual([zero, sum, stake], [0, { left: 0, width: 100 }, 3]);
  const against = waterfall([row(-4), row(2)]);
  assert.deepEqual([against.zero, against.sum], [100, { left: 50, width: 50 }]);
});

test('codes and numbers in words', () => {
  assert.deepEqual([apart('callSign'), apart('only_query'), apart('')], ['Call sign', 'Only query', '']);
  assert.deepEqual(
    [bits(58.152), bits(-1.457), bits(-0.049), signedBits(1.875), signedBits(0)],
    ['58.2', '−1.5', '0.0', '+1.9', '0.0'],
  );
  assert.deepEqual([score(1), score(0.96691), score(-0.0005)], ['1.0000', '0.9669', '−0.0005']);
  assert.deepEqual(
    [date('2021-11-18'), date('2021-11'), date('1979'), date('circa 1960'), date('2021-13-01')],
    ['18 November 2021', 'November 2021', '1979', 'circa 1960', '2021-13-01'],
  );
  assert.deepEqual([country('ir'), country('Iran'), country('qy')], ['Iran', 'Iran', 'qy']);
  assert.deepEqual(
    [age(1), age(3700), age(90_000), age(400_000)],
    ['1 second', '61 minutes', '25 hours', '4 days'],
  );
  assert.deepEqual(
    [size(999), size(2142), size(3_400_000), count(1, 'party', 'parties')],
    ['999 bytes', '2.1 kB', '3.4 MB', '1 party'],
  );
});

test('a name tells its language by its script', () => {
  const names = {
    'سجاد کاشیان': 'fa',
    محمد: 'ar',
    Евгений: 'ru',
    Юлія: 'uk',
    习近平: 'zh',
    シンゾウ: 'ja',
    김정은: 'ko',
    בנימין: 'he',
  };
  for (const [name, code] of Object.entries(names)) assert.equal(language(name), code, name);
  assert.equal(language('Mohammad'), undefined);
});
