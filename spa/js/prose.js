import { html } from './html.js';

// A page to read: { title, lead, sections: [{ id, title, text, more (html``) }, ...] }. Paragraphs are parted by an empty line.
export const paragraphs = text => text.split('\n\n').map(part => html`<p class="kern-body">${part}</p>`);

export const prose = ({ title, lead, sections }) => html`
  <div class="kern-container">
    <h1 class="kern-heading-x-large">${title}</h1>
    <p class="kern-body kern-body--large sp-text kern-mb-xl">${lead}</p>
    <div class="sp-text kern-stack-lg">
      ${sections.map(one => html`
        <section class="kern-stack-sm" aria-labelledby="s-${one.id}">
          <h2 class="kern-heading-medium" id="s-${one.id}">${one.title}</h2>
          ${paragraphs(one.text)}
          ${one.more}
        </section>`)}
    </div>
  </div>`;
