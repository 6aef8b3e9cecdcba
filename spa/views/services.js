import { html } from '../js/html.js';
import { link, plainPage } from '../js/fields.js';

export const title = t => t('services.page');
export const load = ({ query }) => ({ words: (query.get('q') ?? '').trim() });
export const page = ({ words }, t) => plainPage({
  drawing: 'search',
  title: t('services.title'),
  text: t('services.text'),
  more: html`
    ${words && html`<p class="kern-body">${t('services.asked', { words })}</p>`}
    <p class="kern-body">${t('services.until')}</p>`,
  actions: html`${link('/contact', t('services.contact'), 'primary')}${link('/', t('services.start'))}`,
});
