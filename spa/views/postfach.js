import { link, plainPage } from '../js/fields.js';

export const access = 'person';
export const title = t => t('postfach.page');
export const page = (data, t) => plainPage({
  drawing: 'inbox',
  title: t('postfach.title'),
  text: t('postfach.text'),
  actions: link('/account', t('postfach.back')),
});
