import { element, html } from './html.js';
import { t } from './i18n.js';

// The modal dialog before a session ends. A screen reader hears it once when it opens and once more in the last half minute; the
// seconds that run are shown, not spoken.
let dialog = null;
let ticking = null;

const clockOf = seconds => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

const markup = absolute => html`
  <dialog class="kern-dialog" aria-labelledby="session-title" aria-describedby="session-text">
    <div class="kern-dialog__header"><h2 class="kern-title kern-title--large" id="session-title">${t(absolute ? 'warning.title_absolute' : 'warning.title')}</h2></div>
    <div class="kern-dialog__body">
      <p class="kern-body" id="session-text">${t(absolute ? 'warning.text_absolute' : 'warning.text')}</p>
      <p class="kern-heading-large" role="timer" aria-label="${t('warning.left')}"></p>
      <p class="kern-body">${t('warning.kept')}</p>
      <p class="kern-sr-only" role="status"></p>
    </div>
    <div class="kern-dialog__footer">
      <button class="kern-btn kern-btn--secondary" type="button" data-leave><span class="kern-label">${t('header.logout')}</span></button>
      <button class="kern-btn kern-btn--primary" type="button" data-stay autofocus><span class="kern-label">${t(absolute ? 'warning.understood' : 'warning.stay')}</span></button>
    </div>
  </dialog>`;

function tick() {
  const left = Math.max(0, Math.round((warning.until - Date.now()) / 1000));
  dialog.querySelector('[role="timer"]').textContent = t('warning.clock', { time: clockOf(left) });
  if (left === 30) dialog.querySelector('[role="status"]').textContent = t('warning.soon');
}

export const warning = {
  get isOpen() { return dialog !== null; },
  until: 0,
  seen: 0, // the absolute end that its user has acknowledged

  open({ absolute, until, stay, leave }) {
    if (absolute && Math.abs(this.seen - until) < 60_000) return;
    if (dialog) { this.until = until; return; }
    this.until = until;
    dialog = element(markup(absolute));
    document.body.append(dialog);
    const goOn = () => {
      if (absolute) { this.seen = this.until; this.close(); } else stay();
    };
    dialog.querySelector('[data-stay]').addEventListener('click', goOn);
    dialog.querySelector('[data-leave]').addEventListener('click', leave);
    dialog.addEventListener('cancel', event => { event.preventDefault(); goOn(); }); // Escape: going on is the harmless answer
    dialog.showModal();
    tick();
    ticking = setInterval(tick, 1000);
  },

  close() {
    clearInterval(ticking);
    dialog?.close(); // gives the focus back to where it was
    dialog?.remove();
    dialog = null;
  },
};
