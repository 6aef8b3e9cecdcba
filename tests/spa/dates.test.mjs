import { test } from 'node:test';
import assert from 'node:assert/strict';
import { i18n, readDate, shortDate } from '../../spa/js/i18n.js';

const cases = [
  ['3.4.1988', '1988-04-03'], ['03.04.1988', '1988-04-03'], ['3/4/1988', '1988-04-03'], ['3. 4. 1988', '1988-04-03'], ['1988-04-03', '1988-04-03'],
  ['29.2.2024', '2024-02-29'], ['', null],
  ['29.2.2023', undefined], ['31.4.2000', undefined], ['0.1.2000', undefined], ['1.13.2000', undefined], ['3.4.88', undefined], ['gestern', undefined],
];

for (const [typed, date] of cases) test(`'${typed}' is ${date}`, () => assert.equal(readDate(typed), date));

test('what is shown can be read again, in both languages', () => {
  for (const [language, text] of [['de', '3.4.1988'], ['en', '3/4/1988']]) {
    i18n.language = language;
    assert.equal(shortDate('1988-04-03'), text);
    assert.equal(readDate(text), '1988-04-03');
  }
  assert.equal(shortDate(null), '');
});
