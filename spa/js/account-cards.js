import { html } from './html.js';
import { icon, link } from './fields.js';

// The three kinds of account and what each is for. Only the first can be made yet, and only it has a button.
const heading = (level, words) => (level === 2 ? html`<h2 class="kern-title">${words}</h2>` : html`<h3 class="kern-title">${words}</h3>`);

const card = (kind, foot, t, level) => html`
  <li class="kern-card kern-card--surface">
    <div class="kern-card__container">
      <div class="kern-card__header">${heading(level, t(`account.${kind}.name`))}<p class="kern-body sp-muted">${t(`account.${kind}.for`)}</p></div>
      <div class="kern-card__body">
        <ul class="kern-list kern-gap-xs">
          ${[1, 2, 3].map(i => html`<li class="kern-flex kern-gap-sm">${icon('check')}<span>${t(`account.${kind}.${i}`)}</span></li>`)}
        </ul>
      </div>
      <div class="kern-card__footer">${foot}</div>
    </div>
  </li>`;

const later = (kind, t) => html`
  <div class="kern-stack-sm">
    <span class="sp-self-start kern-badge kern-badge--info kern-badge--small">${icon('info')}<span class="kern-label kern-label--small">${t('account.later')}</span></span>
    <p class="kern-body">${t(`account.${kind}.when`)}</p>
  </div>`;

export const accountCards = (t, { href, level }) => html`
  <ul class="sp-plain kern-grid kern-grid-cols-1 kern-grid-cols-3-lg kern-gap-lg">
    ${card('basic', link(href, t('start.create'), 'primary'), t, level)}
    ${card('plus', later('plus', t), t, level)}
    ${card('business', later('business', t), t, level)}
  </ul>`;
