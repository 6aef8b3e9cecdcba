import { trail } from './fields.js';
import { t } from './i18n.js';

// What the views of one's own area share.
export const crumbs = here => trail([['/account', t('header.own_area')]], here);

// The browser and the system that a User-Agent tells of. Many names hide in each other: the more special one comes first.
const BROWSERS = [['Edg', 'Edge'], ['OPR', 'Opera'], ['Firefox', 'Firefox'], ['FxiOS', 'Firefox'], ['Chrome', 'Chrome'], ['CriOS', 'Chrome'], ['Safari', 'Safari'], ['curl', 'curl']];
const SYSTEMS = [['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Android', 'Android'], ['Windows', 'Windows'], ['Mac OS', 'macOS'], ['CrOS', 'ChromeOS'], ['Linux', 'Linux']];

const named = (table, agent) => table.find(([mark]) => agent.includes(mark))?.[1];

export function deviceName(agent) {
  if (!agent) return t('device.unknown');
  const browser = named(BROWSERS, agent);
  const system = named(SYSTEMS, agent);
  if (browser && system) return t('device.on', { browser, system });
  return browser ?? system ?? agent.slice(0, 60);
}
