import { html } from './html.js';
import { icon } from './fields.js';
import { i18n, t } from './i18n.js';

// What lists and pages show of a service alike. Its own words are German whatever the language of the page.
const money = cents => new Intl.NumberFormat(i18n.language === 'de' ? 'de-DE' : 'en-GB', { style: 'currency', currency: 'EUR' }).format(cents / 100);

export const german = text => html`<span lang="de">${text}</span>`;
export const cost = ({ cost_text: text, cost_cents: cents }) =>
  (text ? german(text) : cents === 0 ? t('service.free') : cents === null ? null : money(cents));
export const accountFor = ({ level, audience }) => t(audience === 'organisations' ? 'service.account_organisation' : `service.account_${level}`);

const badge = words => html`<span class="kern-badge kern-badge--info kern-badge--small">${icon('info')}<span class="kern-label kern-label--small">${words}</span></span>`;

export const serviceRow = one => html`
  <li class="kern-stack-xs">
    <h3 class="kern-title kern-title--small"><a class="kern-link kern-link--no-visited-state sp-tap" href="/services/${one.id}" lang="de">${one.name}</a></h3>
    ${one.short_description && html`<p class="kern-body sp-text" lang="de">${one.short_description}</p>`}
    <ul class="sp-meta kern-body kern-body--small sp-muted">
      ${one.online !== 'none' && html`<li>${badge(accountFor(one))}</li>`}
      <li>${t(`service.online_${one.online}`)}</li>
      ${[cost(one), one.desk && german(one.desk), one.topic && german(one.topic.name)].filter(Boolean).map(words => html`<li>${words}</li>`)}
    </ul>
  </li>`;

// Text of a catalogue: blank lines part paragraphs, lines that begin with "- " are a list, "## " begins a heading.
export const written = text => text.split(/\n{2,}/).map(part => {
  const lines = part.split('\n');
  if (lines[0].startsWith('## ')) return html`<h2 class="kern-heading-medium">${lines[0].slice(3)}</h2>${lines.length > 1 && written(lines.slice(1).join('\n'))}`;
  if (lines.every(one => one.startsWith('- '))) return html`<ul class="kern-list kern-list--bullet">${lines.map(one => html`<li>${one.slice(2)}</li>`)}</ul>`;
  const list = lines.findIndex(one => one.startsWith('- '));
  if (list > 0) return html`${written(lines.slice(0, list).join('\n'))}${written(lines.slice(list).join('\n'))}`;
  return html`<p class="kern-body">${lines.join(' ')}</p>`;
});
