import { link } from '../js/fields.js';
import { prose } from '../js/prose.js';

export const texts = 'pages';
export const title = t => t('accessibility.title');

export const page = (data, t, { portal }) => prose({
  title: t('accessibility.title'),
  lead: t('accessibility.lead', { portal: portal.name }),
  sections: ['state', 'limits', 'report', 'enforcement'].map(id => ({
    id, title: t(`accessibility.${id}.title`), text: t(`accessibility.${id}.text`), more: id === 'report' && link('/contact', t('accessibility.write')),
  })),
});
