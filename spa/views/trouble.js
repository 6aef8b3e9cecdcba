import { html } from '../js/html.js';
import { icon, link, plainPage } from '../js/fields.js';

// The page of whatever else went wrong while a page was loaded; its data is the Problem.
const keyOf = (problem, t) => (t.has(`problem.${problem.type}.title`) ? `problem.${problem.type}` : 'problem.internal');

export const title = (t, problem) => t(`${keyOf(problem, t)}.title`);
export const page = (problem, t) => plainPage({
  drawing: 'cloud',
  title: t(`${keyOf(problem, t)}.title`),
  text: t(`${keyOf(problem, t)}.text`, { count: Math.max(1, Math.ceil((problem.retryAfter ?? 60) / 60)) }),
  more: problem.requestId && html`<p class="kern-body kern-body--small sp-muted kern-mt-md">${t('problem.request_id', { id: problem.requestId })}</p>`,
  actions: html`
    <form data-action="retry" novalidate><button class="kern-btn kern-btn--primary" type="submit">${icon('autorenew')}<span class="kern-label">${t('unreachable.retry')}</span></button></form>
    ${link('/', t('trouble.start'))}`,
});

export const actions = { retry: (values, { reload }) => reload({ again: false }) };
