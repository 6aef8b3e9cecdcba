import { test } from 'node:test';
import assert from 'node:assert/strict';
import { Html, html, render } from '../../spa/js/html.js';

test('a value is text, whatever it holds', () => {
  assert.equal(String(html`<p>${'<img src=x onerror=boom()>'}</p>`), '<p>&lt;img src=x onerror=boom()&gt;</p>');
});

test('a value cannot leave its attribute', () => {
  assert.equal(String(html`<a title="${'" onclick="boom()'}">`), '<a title="&quot; onclick=&quot;boom()">');
  assert.equal(String(html`<a title='${"' onclick='boom()"}'>`), "<a title='&#39; onclick=&#39;boom()'>");
});

test('markup in markup stays markup, alone and in lists', () => {
  const items = ['a', '<b>'].map(one => html`<li>${one}</li>`);
  assert.equal(String(html`<ul>${items}</ul>`), '<ul><li>a</li><li>&lt;b&gt;</li></ul>');
});

test('null, undefined and false vanish; zero and the empty text do not turn into words', () => {
  assert.equal(String(html`${null}${undefined}${false}${0}${''}`), '0');
});

test('an object that only looks like markup is text', () => {
  assert.equal(String(html`${{ text: '<b>', toString: () => '<b>' }}`), '&lt;b&gt;');
});

test('render() writes what html`` made, and nothing else', () => {
  const place = {};
  render(place, html`<p>${'&'}</p>`);
  assert.equal(place.innerHTML, '<p>&amp;</p>');
  for (const text of ['<p>', null, { text: '<p>' }, ['<p>']]) assert.throws(() => render(place, text), TypeError);
  assert.ok(html`` instanceof Html);
});
