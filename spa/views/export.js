import { html } from '../js/html.js';
import { link, submit } from '../js/fields.js';
import { crumbs } from '../js/own-area.js';
import { saveFile } from '../js/save-file.js';

export const texts = 'account';
export const access = 'person';
export const title = t => t('export.title');

export const page = (data, t) => html`
  <div class="kern-container">
    ${crumbs(t('area.export'))}
    <h1 class="kern-heading-large">${t('export.title')}</h1>
    <div class="sp-text kern-stack-md">
      <p class="kern-body kern-body--large">${t('export.lead')}</p>
      <h2 class="kern-title">${t('export.in_title')}</h2>
      <ul class="kern-list kern-list--bullet">${[1, 2, 3].map(i => html`<li>${t(`export.in_${i}`)}</li>`)}</ul>
      <p class="kern-body">${t('export.not')}</p>
      <p class="kern-body">${t('export.format')}</p>
      <form data-action="download" novalidate>${submit(t('export.button'), link('/account', t('form.back')))}</form>
    </div>
  </div>`;

// The call needs the token, so the file comes by script and is handed to the browser from memory.
export const actions = {
  async download(values, { api, reload, t }) {
    const { blob, name } = await api.download('/me/export');
    saveFile({ blob, name: name ?? t('export.name') });
    await reload({ notice: t('export.done') });
  },
};
