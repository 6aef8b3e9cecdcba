import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

// The texts come from their files instead of a server.
globalThis.document = { documentElement: {} };
globalThis.fetch = async path => new Response(readFileSync(new URL(`../../spa/${new URL(path, 'http://portal.example').pathname}`, import.meta.url)));
const { needTexts, setLanguage, t } = await import('../../spa/js/i18n.js');

test('what is counted is written as people of the language write it', async () => {
  await needTexts('services');
  for (const [language, one, many] of [['de', 'Ein Dienst', '5.309 Dienste'], ['en', 'One service', '5,309 services']]) {
    await setLanguage(language);
    assert.equal(t('services.count', { count: 1 }), one);
    assert.equal(t('services.count', { count: 5309 }), many);
    assert.equal(`${t.html('services.count', { count: 5309 })}`, many);
  }
});
