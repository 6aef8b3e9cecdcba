import { html } from './html.js';
import { link, plainPage, pic, submit } from './fields.js';
import { Problem } from './problem.js';

// Pages that a mailed link opens. Its secret stands behind the #, where no server sees it, and opening the page uses nothing up:
// only the button does. The server's answer becomes the page's next state: ask, used, invalid.
export const load = () => {
  const token = /^#token=([\w-]{43})$/.exec(location.hash)?.[1];
  return { state: token ? 'ask' : 'invalid', token };
};

export const asking = (name, drawing, t) => html`
  <div class="kern-container">
    <div class="sp-text kern-stack-lg sp-section">
      ${pic(drawing, 'large')}
      <div>
        <h1 class="kern-heading-large">${t(`${name}.title`)}</h1>
        <p class="kern-body kern-body--large">${t(`${name}.lead`)}</p>
      </div>
      <form data-action="confirm" novalidate>${submit(t(`${name}.button`))}</form>
    </div>
  </div>`;

export const told = (key, drawing, t, more, actions) => plainPage({ drawing, title: t(`${key}.title`), text: t(`${key}.text`), more, actions });

export const loginLink = (words, kind = 'primary') => link('/login', words, kind);

export async function send(path, { api, data, display }) {
  try {
    return await api.post(path, { token: data.token });
  } catch (problem) {
    const state = problem instanceof Problem && { link_used: 'used', link_not_valid: 'invalid', bad_input: 'invalid' }[problem.type];
    if (!state) throw problem;
    display({ state });
    return undefined;
  }
}
