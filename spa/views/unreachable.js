import { html } from '../js/html.js';
import { icon, plainPage } from '../js/fields.js';

export const title = t => t('unreachable.title');
export const page = (data, t) => plainPage({
  drawing: 'cloud',
  title: t('unreachable.title'),
  text: t('unreachable.text'),
  more: html`<ul class="kern-list kern-list--bullet kern-mt-md"><li>${t('unreachable.1')}</li><li>${t('unreachable.2')}</li></ul>`,
  actions: html`<form data-action="retry" novalidate><button class="kern-btn kern-btn--primary" type="submit">${icon('autorenew')}<span class="kern-label">${t('unreachable.retry')}</span></button></form>`,
});

export const actions = { retry: (values, { reload }) => reload({ again: false }) };
