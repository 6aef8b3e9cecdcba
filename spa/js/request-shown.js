import { html } from './html.js';
import { icon, mailText, pic } from './fields.js';
import { date, dateTime, i18n, t } from './i18n.js';
import { fileText } from './form-controls.js';
import { saveFile } from './save-file.js';

// What the person's own requests and the desk's show alike: states, what happened, files.
export const STATES = ['submitted', 'received', 'processing', 'action_required', 'completed', 'withdrawn'];

const KINDS = { completed: 'success', action_required: 'warning' };

export const stateBadge = (state, { small = true } = {}) => {
  const kind = KINDS[state] ?? 'info';
  return html`<span class="kern-badge kern-badge--${kind} ${small && 'kern-badge--small'}">${icon(kind)}<span class="kern-label ${small && 'kern-label--small'}">${t(`state.${state}`)}</span></span>`;
};

// Rows of lists: a draft to go on with (`more` are its other ways), and what was sent
export const draftRow = ({ service, changed_at: at }, more) => html`
  <li>
    <div>
      <a class="kern-link ${!more && 'kern-link--stretched'} kern-link--no-visited-state" href="/services/${service.id}/form" lang="de">${service.name}</a>
      <p class="kern-body kern-body--small sp-muted">${t('requests.draft_changed', { at: dateTime(at) })}</p>
    </div>
    <div class="sp-actions">
      <span class="kern-badge kern-badge--warning kern-badge--small">${icon('warning')}<span class="kern-label kern-label--small">${t('requests.draft')}</span></span>
      ${more}
    </div>
  </li>`;

export const requestRow = one => html`
  <li>
    <div>
      <a class="kern-link kern-link--stretched kern-link--no-visited-state" href="/requests/${one.id}" lang="de">${one.service.name}</a>
      <p class="kern-body kern-body--small sp-muted">${t('requests.sent', { number: one.number, date: date(one.submitted_at) })}</p>
    </div>
    ${stateBadge(one.state)}
  </li>`;

// Text as somebody wrote it: empty lines part paragraphs, lines stay lines.
export const writtenText = text => text.split(/\n{2,}/).map(part =>
  html`<p class="kern-body">${part.split('\n').map((line, i) => [i > 0 && html`<br>`, line])}</p>`);

export const history = events => html`
  <ol class="sp-steps">
    ${events.map((one, i) => html`
      <li ${i === events.length - 1 && html`aria-current="step"`}>
        <span class="kern-number" aria-hidden="true">${i + 1}</span>
        <div>
          <h3 class="kern-title kern-title--small">${t(`state.${one.state}`)}</h3>
          <p class="kern-body kern-body--small sp-muted"><time datetime="${one.at}">${dateTime(one.at)}</time></p>
          ${one.text && writtenText(one.text)}
        </div>
      </li>`)}
  </ol>`;

// Whom to ask. A service may have no desk.
export const deskPanel = (desk, title) => desk && html`
  <div class="sp-panel kern-stack-sm">
    <h2 class="kern-title" id="questions">${title}</h2>
    <p class="kern-body" lang="de">${desk.name}</p>
    ${desk.phone && html`<a class="kern-link kern-link--no-visited-state sp-tap" href="tel:${desk.phone.replace(/[^\d+]/g, '')}">${desk.phone}</a>`}
    ${desk.email && html`<a class="kern-link kern-link--no-visited-state sp-tap" href="mailto:${desk.email}">${mailText(desk.email)}</a>`}
    <p class="kern-body sp-muted">${t('request.name_number')}</p>
  </div>`;

// Files need the token, so each comes by a form of its own and is handed to the browser from memory.
export const fileList = files => html`
  <ul class="sp-plain">
    ${files.map(file => html`
      <li class="sp-file">
        ${pic('attachment', '')}
        <span class="sp-file__name kern-body">${fileText(file)}</span>
        <form data-action="file" novalidate>
          <input type="hidden" name="id" value="${file.id}"><input type="hidden" name="name" value="${file.name}">
          <span data-busy-place><button class="kern-btn kern-btn--tertiary" type="submit" aria-label="${t('file.download_this', { name: file.name })}">${icon('download')}<span class="kern-label">${t('file.download')}</span></button></span>
        </form>
      </li>`)}
  </ul>`;

export const pdfButton = () => html`
  <form data-action="pdf" novalidate>
    <span data-busy-place><button class="kern-btn kern-btn--secondary" type="submit">${icon('download')}<span class="kern-label">${t('request.pdf')}</span></button></span>
  </form>`;

export async function savePdf(api, path, number) {
  const { blob, name } = await api.download(`${path}/pdf?language=${i18n.language}`);
  saveFile({ blob, name: name ?? `${number}.pdf` });
}

export async function saveAttachment(api, path, { id, name }) {
  saveFile({ blob: (await api.download(`${path}/files/${id}`)).blob, name });
}
