import { html } from '../js/html.js';
import { alert, facts, icon, link, mailText, tapLink, trail } from '../js/fields.js';
import { date } from '../js/i18n.js';
import { accountFor, cost, german, written } from '../js/services-shown.js';

// One service: what it is, whom it is for, what it costs, who answers, and the way in. The server decides what is missing before the start.
export const texts = 'services';
export const title = (t, { service }) => service.name;

export const load = async ({ api, vars: { id } }) => {
  const path = `/services/${encodeURIComponent(id)}`;
  const [service, start] = await Promise.all([api.get(path), api.post(`${path}/starts`)]);
  return { service, start };
};

const crumbs = ({ topic, name }, t) => trail([['/services', t('header.services')], ...(topic ? [[`/services?topic=${topic.id}`, german(topic.name)]] : [])], german(name));

const block = (href, words, more) => html`<a class="kern-btn kern-btn--primary kern-btn--block" href="${href}" ${more}><span class="kern-label">${words}</span></a>`;
const small = words => html`<p class="kern-body kern-body--small sp-muted">${words}</p>`;

const suffices = ({ service, session }, t) => html`
  <ul class="sp-rules">
    <li>${icon('success')}<span class="kern-body"><strong>${t('service.suffices')}</strong><br>${t('service.suffices_text', { account: accountFor(service),
      name: `${session.account.first_name} ${session.account.last_name}` })}</span></li>
  </ul>`;

const ready = ({ service, start, session }, t) => html`
  ${start.next.kind === 'form' ? block(`/services/${service.id}/form`, t('service.start')) : block(start.next.url, t('service.start'), html`rel="external noopener"`)}
  ${start.next.kind === 'external' && small(t('service.leaves', { host: new URL(start.next.url).host }))}
  ${suffices({ service, session }, t)}`;

// What is missing, as the next step. The order is the server's.
const steps = {
  login: ({ service }, t) => html`
    ${block(`/login?return=${encodeURIComponent(`/services/${service.id}`)}`, t('service.login'))}
    ${small(t('service.login_text', { account: accountFor(service) }))}
    ${link('/register', t('service.register'), 'tertiary')}`,
  level: ({ service, missing }, t) => html`
    ${alert('warning', t('service.level'), html`<p class="kern-body">${t(`service.level_${missing.level}`, { account: accountFor(service) })}</p>`, { level: 3 })}
    ${small(t('service.level_later'))}
    ${service.desk && tapLink('#desk', t('service.to_desk'))}`,
  organisation: (data, t) => alert('info', t('service.organisation'), html`<p class="kern-body">${t('service.organisation_text')}</p>`, { level: 3 }),
  approval: (data, t) => alert('info', t('service.approval'), html`<p class="kern-body">${t('service.approval_text')}</p>`, { level: 3 }),
  offline: ({ service }, t) => html`
    ${alert('info', t('service.offline'), html`<p class="kern-body">${t(service.desk ? 'service.offline_text' : 'service.offline_nobody')}</p>`, { level: 3 })}
    ${service.desk ? tapLink('#desk', t('service.to_desk')) : link('/contact', t('services.contact'))}`,
};

const startBox = (data, t) => {
  const { service, start } = data;
  const [missing] = start.missing;
  return html`
    <aside class="kern-card kern-card--hug kern-card--surface sp-sticky" aria-labelledby="start">
      <div class="kern-card__container">
        <h2 class="kern-title" id="start">${t(missing?.what === 'offline' ? 'service.box_offline' : 'service.box')}</h2>
        <div class="kern-stack-md kern-w-full">
          ${missing ? steps[missing.what]({ ...data, missing }, t) : ready(data, t)}
          <hr class="kern-divider kern-divider--decorative">
          ${facts([[t('service.cost'), cost(service)], [t('service.account'), service.online === 'none' ? null : accountFor(service)],
            [t('service.audience'), t(`service.audience_${service.audience}`)]])}
        </div>
      </div>
    </aside>`;
};

const phone = number => html`<a class="kern-link kern-link--no-visited-state sp-tap" href="tel:${number.replace(/[^\d+]/g, '')}">${number}</a>`;

const desk = ({ desk: one }, t) => one && html`
  <section aria-labelledby="desk">
    <h2 class="kern-heading-medium kern-mb-md" id="desk" tabindex="-1">${t('service.desk')}</h2>
    <div class="kern-card kern-card--hug">
      <div class="kern-card__container">
        <div class="kern-card__header">
          <h3 class="kern-title kern-title--small" lang="de">${one.name}</h3>
          ${one.address && html`<p class="kern-body" lang="de">${one.address}</p>`}
        </div>
        ${facts([[t('service.phone'), one.phone && phone(one.phone)],
          [t('service.email'), one.email && html`<a class="kern-link kern-link--no-visited-state sp-tap" href="mailto:${one.email}">${mailText(one.email)}</a>`],
          [t('service.hours'), one.opening_hours && german(one.opening_hours)],
          [t('service.web'), one.url && html`<a class="kern-link kern-link--no-visited-state sp-tap" href="${one.url}" rel="external noopener">${new URL(one.url).host}</a>`]])}
      </div>
    </div>
  </section>`;

const more = ({ legal_basis: basis, leika_key: key, changed_at: at, situation, topic }, t) => html`
  <section aria-labelledby="more">
    <h2 class="kern-heading-medium kern-mb-md" id="more">${t('service.more')}</h2>
    ${facts([[t('service.legal_basis'), basis && german(basis)],
      [t('services.situation'), situation && html`<a class="kern-link kern-link--no-visited-state" href="/services?situation=${situation.id}${topic ? `&topic=${topic.id}` : ''}" lang="de">${situation.name}</a>`],
      [t('service.key'), key.startsWith('own-') ? null : key], [t('service.changed'), date(at)]])}
  </section>`;

export const page = ({ service, start }, t, { session }) => html`
  <div class="kern-container">
    ${crumbs(service, t)}
    <div class="kern-mb-xl">
      <h1 class="kern-heading-x-large" lang="de">${service.name}</h1>
      ${service.short_description && html`<p class="kern-body kern-body--large sp-text" lang="de">${service.short_description}</p>`}
    </div>
    <div class="sp-split sp-split--start">
      ${startBox({ service, start, session }, t)}
      <div class="kern-stack-xl">
        ${service.description
          ? html`<div class="sp-text kern-stack-md" lang="de">${written(service.description)}</div>`
          : html`<p class="kern-body sp-text">${t('service.no_description')}</p>`}
        ${desk(service, t)}
        ${more(service, t)}
      </div>
    </div>
  </div>`;
