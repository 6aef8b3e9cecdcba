// A small catalogue for the browser tests of services: { name: id }
const quoted = value => (value === null ? 'NULL' : `E'${String(value).replaceAll("'", "''").replaceAll('\n', '\\n')}'`);
let count = 0;

export async function addService(portal, name, { topic, situation, desk, ...columns } = {}) {
  count += 1;
  for (const [table, value] of [['topic', topic], ['situation', situation]])
    if (value) await portal.sql(`insert into service_${table} (id, name) values (${quoted(value.toLowerCase())}, ${quoted(value)}) on conflict do nothing`);
  if (desk) await portal.sql(`insert into service_desk (name, email, phone, address) values (${quoted(desk)}, 'amt@stadt.example', '01234 567-210', 'Rathausplatz 4') on conflict do nothing`);
  const all = { catalogue: 'test', leika_key: `own-services-${String(count).padStart(4, '0')}`, name, topic_id: topic?.toLowerCase() ?? null,
    situation_id: situation?.toLowerCase() ?? null, ...columns };
  return portal.sql(`insert into service (${Object.keys(all).join(', ')}, desk_id) values (${Object.values(all).map(quoted).join(', ')},`
    + ` (select id from service_desk where name = ${quoted(desk ?? '')})) returning id`);
}

export async function addCatalogue(portal) {
  const ids = {};
  const add = async (name, options) => { ids[name] = await addService(portal, name, options); };
  await add('Hundesteuer anmelden', { topic: 'Steuern', situation: 'Haustiere', desk: 'Steueramt', url: 'https://steuer.example/anmelden', audience: 'people', cost_cents: 0,
    short_description: 'Melden Sie Ihren Hund an.', description: 'Wer einen Hund hält, meldet ihn an.\n\n## Was Sie brauchen\n\n- die Nummer des Chips\n- den Tag der Aufnahme' });
  await add('Hundesteuer abmelden', { topic: 'Steuern', situation: 'Haustiere', desk: 'Steueramt', url: 'https://steuer.example/abmelden' });
  await add('Personalausweis beantragen', { topic: 'Ausweise', desk: 'Bürgeramt', level: 'substantial', url: 'https://ausweis.example/', cost_text: '37,00 Euro' });
  await add('Führungszeugnis beantragen', { topic: 'Ausweise', desk: 'Bürgeramt', level: 'high', url: 'https://zeugnis.example/', cost_cents: 1300 });
  await add('Gewerbe anmelden', { topic: 'Wirtschaft', desk: 'Ordnungsamt', audience: 'organisations', url: 'https://gewerbe.example/' });
  await add('Grundsteuer', { topic: 'Steuern', desk: 'Steueramt' });
  for (let i = 1; i <= 25; i++) await add(`Urkunde ${String(i).padStart(2, '0')}`, { topic: 'Urkunden' });
  return ids;
}
