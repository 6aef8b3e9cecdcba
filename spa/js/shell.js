import { html, render } from './html.js';
import { i18n, LANGUAGES, setLanguage, t } from './i18n.js';
import { announce, icon } from './fields.js';
import { router } from './router.js';
import { searchBox } from './search-box.js';
import { storage } from './storage.js';

// What stands around every view: header, footer, and what they do.
const NAMES = { de: 'Deutsch', en: 'English' };
const THEMES = ['system', 'light', 'dark'];

const here = path => location.pathname === path && html`aria-current="page"`;
const within = path => location.pathname.startsWith(path) && html`aria-current="${location.pathname === path ? 'page' : 'true'}"`;

const officialBar = portal => portal.official_bar && html`
  <div class="kern-kopfzeile"><div class="kern-container"><div class="kern-kopfzeile__content">
    ${!portal.demonstration && html`<span class="kern-kopfzeile__flagge"><svg viewBox="0 0 24 16" width="24" height="16" aria-hidden="true" focusable="false"><path fill="#000" d="M0 0h24v5.4H0z"/><path fill="#d00" d="M0 5.3h24v5.4H0z"/><path fill="#fc0" d="M0 10.6h24V16H0z"/></svg></span>`}
    <span class="kern-kopfzeile__label">${portal.official_bar}</span>
  </div></div></div>`;

const demoNotice = portal => portal.demonstration && html`
  <div class="sp-demo"><div class="kern-container"><p class="kern-body kern-body--small">${icon('info')}<span><strong>${t('demo.title')}</strong> ${t('demo.text')}</span></p></div></div>`;

const languages = () => html`
  <nav class="sp-lang sp-fold" aria-label="${t('header.language')}">
    ${LANGUAGES.map(one => html`<button type="button" lang="${one}" data-language="${one}" aria-label="${one.toUpperCase()} – ${NAMES[one]}"
      ${one === i18n.language && html`aria-current="true"`}>${one.toUpperCase()}</button>`)}
  </nav>`;

const menuLink = (href, words) => html`<li><a class="kern-btn kern-btn--tertiary" href="${href}" ${here(href)}><span class="kern-label">${words}</span></a></li>`;

const accountMenu = account => html`
  <details class="sp-menu sp-fold" id="account-menu">
    <summary class="kern-btn kern-btn--secondary">${icon('account-circle')}<span class="kern-label">${account ? `${account.first_name} ${account.last_name}` : t('header.account')}</span>${icon('arrow-down')}</summary>
    <ul class="sp-menu__list">
      ${account && html`
        <li class="kern-body kern-body--small sp-muted kern-px-md">${t(`kind.${account.kind}`)}</li>
        ${menuLink('/account', t('header.own_area'))}
        ${menuLink('/account/profile', t('header.profile'))}`}
      <li><button class="kern-btn kern-btn--tertiary" type="button" data-logout>${icon('logout')}<span class="kern-label">${t('header.logout')}</span></button></li>
    </ul>
  </details>`;

const visitor = () => html`
  <div class="sp-actions sp-fold">
    <a class="kern-btn kern-btn--tertiary" href="/register" ${here('/register')}><span class="kern-label">${t('header.register')}</span></a>
    <a class="kern-btn kern-btn--primary" href="/login" ${here('/login')}><span class="kern-label">${t('header.login')}</span></a>
  </div>`;

// Pages with a large search field of their own need no second one.
const search = () => !['/', '/services'].includes(location.pathname) && searchBox({ id: 'header-search', label: t('header.search_label'), hint: t('header.search_hint') });

const header = (portal, session) => html`
  ${officialBar(portal)}
  ${demoNotice(portal)}
  <div class="kern-container">
    <div class="sp-header__row">
      <a class="sp-brand" href="/"><svg viewBox="0 0 40 40" aria-hidden="true" focusable="false"><path fill="currentColor" d="M4 37V20a16 16 0 0 1 32 0v17h-6V20a10 10 0 0 0-20 0v17Zm11 0V21a5 5 0 0 1 10 0v16Z"/></svg><span>${portal.name}</span></a>
      ${session.account && html`<a class="kern-btn kern-btn--tertiary sp-mail" href="/postfach" aria-label="${t('header.postfach')}" ${here('/postfach')}>${icon('mail')}</a>`}
      <button class="kern-btn kern-btn--tertiary sp-toggle" type="button" aria-expanded="false" aria-controls="header-nav" data-toggle>${icon('dehaze')}<span class="kern-label">${t('header.menu')}</span></button>
      ${languages()}
      ${session.open ? accountMenu(session.account) : visitor()}
    </div>
    <div class="sp-header__row sp-header__row--nav sp-fold" id="header-nav">
      <nav class="sp-nav" aria-label="${t('header.nav')}">
        <ul>
          <li><a href="/" ${here('/')}>${t('header.start')}</a></li>
          ${session.account && html`<li><a href="/account" ${within('/account')}>${t('header.own_area')}</a></li>`}
          ${session.account?.desks?.length > 0 && html`<li><a href="/desk" ${within('/desk')}>${t('header.desk')}</a></li>`}
          <li><a href="/services" ${within('/services')}>${t('header.services')}</a></li>
          ${session.account && html`<li><a href="/requests" ${within('/requests')}>${t('header.requests')}</a></li>`}
          <li><a href="/help" ${here('/help')}>${t('header.help')}</a></li>
        </ul>
      </nav>
      ${search()}
    </div>
  </div>`;

const footerLink = (href, words) =>
  html`<li><a class="kern-link kern-link--no-visited-state sp-tap" href="${href}" ${here(href)}>${words}</a></li>`;

const themeNow = () => storage.get('theme') ?? document.documentElement.dataset.kernTheme ?? 'system';

const footer = portal => html`
  <div class="kern-container">
    <div class="kern-grid kern-grid-cols-1 kern-grid-cols-3-md kern-gap-xl">
      <nav aria-labelledby="footer-help">
        <h2 class="kern-title kern-title--small" id="footer-help">${t('footer.help_title')}</h2>
        <ul class="kern-list">${footerLink('/help', t('footer.help'))}${footerLink('/contact', t('footer.contact'))}</ul>
      </nav>
      <nav aria-labelledby="footer-legal">
        <h2 class="kern-title kern-title--small" id="footer-legal">${t('footer.legal_title')}</h2>
        <ul class="kern-list">${footerLink('/imprint', t('footer.imprint'))}${footerLink('/privacy', t('footer.privacy'))}${footerLink('/accessibility', t('footer.accessibility'))}</ul>
      </nav>
      <fieldset class="sp-theme">
        <legend class="kern-title kern-title--small">${t('footer.theme')}</legend>
        <div>
          ${THEMES.map(one => html`
            <div class="kern-form-check">
              <input class="kern-form-check__radio" id="theme-${one}" name="theme" type="radio" value="${one}" ${themeNow() === one && html`checked`}>
              <label class="kern-label" for="theme-${one}">${t(`theme.${one}`)}</label>
            </div>`)}
        </div>
      </fieldset>
    </div>
    <hr class="kern-divider kern-divider--decorative kern-my-lg">
    <p class="kern-body kern-body--small sp-muted">${t('footer.promise', { portal: portal.name })}</p>
  </div>`;

const skip = () => html`<a class="sp-skip" href="#content">${t('header.skip')}</a>`;

export const shell = {
  show() {
    const { portal, session } = router;
    const at = document.activeElement;
    const again = at?.closest?.('.sp-header, .sp-footer') && (at.id ? `#${at.id}` : at.dataset.language && `[data-language="${at.dataset.language}"]`);
    render(document.getElementById('skip'), skip());
    render(document.querySelector('.sp-header'), header(portal, session));
    render(document.querySelector('.sp-footer'), footer(portal));
    document.querySelector('.sp-header').classList.remove('is-open');
    document.querySelector('#waiting .kern-body').textContent = t('form.waiting');
    if (again) document.querySelector(again)?.focus();
  },
};

function chooseTheme(theme) {
  storage.set('theme', theme === 'system' ? null : theme);
  if (theme === 'system') delete document.documentElement.dataset.kernTheme;
  else document.documentElement.dataset.kernTheme = theme;
}

async function chooseLanguage(language) {
  try {
    await setLanguage(language);
  } catch {
    return announce(t('problem.unreachable.title'));
  }
  await router.translate();
}

async function logout() {
  try {
    await router.session.logout();
  } catch (error) {
    return router.fail(error);
  }
  return router.go('/', { notice: t('logout.done') });
}

function closeMenus(event) {
  for (const menu of document.querySelectorAll('.sp-menu[open]'))
    if (!menu.contains(event.target) || event.target.closest('a')) menu.open = false;
}

export function attachShell() {
  document.addEventListener('click', event => {
    closeMenus(event);
    const pressed = name => event.target.closest(`[data-${name}]`);
    const language = pressed('language');
    if (language) chooseLanguage(language.dataset.language);
    if (pressed('logout')) logout();
    const toggle = pressed('toggle');
    if (toggle) toggle.setAttribute('aria-expanded', String(toggle.closest('.sp-header').classList.toggle('is-open')));
    if (event.target.closest('.sp-skip')) { event.preventDefault(); router.main.focus(); }
  });
  document.addEventListener('keydown', event => {
    const menu = event.key === 'Escape' && event.target.closest?.('.sp-menu[open]');
    if (!menu) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });
  document.addEventListener('change', event => { if (event.target.name === 'theme') chooseTheme(event.target.value); });
}
