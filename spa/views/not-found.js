import { html } from '../js/html.js';
import { link, plainPage } from '../js/fields.js';

export const title = t => t('notfound.title');
export const page = (data, t) => plainPage({
  drawing: 'lost',
  title: t('notfound.title'),
  text: t('notfound.text'),
  actions: html`${link('/', t('notfound.start'), 'primary')}${link('/help', t('notfound.help'))}`,
});
