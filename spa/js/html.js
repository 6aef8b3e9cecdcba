// html`...` escapes every value; only what html`` itself made goes in as it is. Lists are joined; null, undefined and false vanish.
export class Html {
  constructor(text) { this.text = text; }
  toString() { return this.text; }
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const show = value =>
  value instanceof Html ? value.text
    : Array.isArray(value) ? value.map(show).join('')
      : value === null || value === undefined || value === false ? ''
        : String(value).replace(/[&<>"']/g, sign => ENTITIES[sign]);

export const html = (parts, ...values) =>
  new Html(parts.reduce((text, part, i) => text + show(values[i - 1]) + part));

// The one place that writes innerHTML; it refuses anything that html`` did not make.
export function render(place, markup) {
  if (!(markup instanceof Html)) throw new TypeError('render() takes html`...`');
  place.innerHTML = markup.text;
}

// The same as an element that stands nowhere yet.
export function element(markup) {
  const template = document.createElement('template');
  render(template, markup);
  return template.content.firstElementChild;
}
