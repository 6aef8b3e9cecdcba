// A service with a form of all kinds of field, and a desk, for the browser tests of requests.
import { readFileSync } from 'node:fs';

export const form = JSON.parse(readFileSync(new URL('all-kinds.form.json', import.meta.url), 'utf8'));
const quoted = text => `'${text.replaceAll("'", "''")}'`;
let count = 0;

// Returns the id of a service; each test may have its own.
export async function addService(portal, name = 'Hund anmelden', schema = form) {
  count += 1;
  await portal.sql("insert into service_desk (name, email, phone) values ('Steueramt Musterstadt', 'amt@stadt.example', '01234 567-210') on conflict do nothing");
  const id = await portal.sql(`insert into service (catalogue, leika_key, name, short_description, desk_id) select 'test', 'own-browser-${count}', ${quoted(name)}, 'Kurz.', id from service_desk limit 1 returning id`);
  await newForm(portal, id, schema);
  return id;
}

// The form, or its next version
export async function newForm(portal, id, schema) {
  await portal.sql(`insert into service_form (service_id, version, schema) select '${id}', coalesce(max(version), 0) + 1, ${quoted(JSON.stringify(schema))} from service_form where service_id = '${id}'`);
  await portal.sql(`update service set form_version = (select max(version) from service_form where service_id = '${id}'), version = version + 1, changed_at = clock() where id = '${id}'`);
  await portal.sql('update catalogue_state set version = version + 1');
}

export const addStaff = (portal, email, role = 'clerk') =>
  portal.sql(`insert into desk_staff (desk_id, account_id, role) select d.id, a.id, ${quoted(role)} from service_desk d, account a where a.email = ${quoted(email)} limit 1`);

export const pdf = (name = 'Chip.pdf') => ({ name, mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n') });

const main = page => page.getByRole('main');
export const next = page => main(page).getByRole('button', { name: 'Weiter', exact: true }).click();

export async function fillPerson(page) {
  await page.getByLabel('Straße').fill('Lindenweg');
  await page.getByLabel('Hausnummer').fill('12');
  await page.getByLabel('Postleitzahl').fill('12345');
  await page.getByRole('textbox', { name: 'Ort', exact: true }).fill('Musterstadt');
  await page.getByRole('group', { name: 'Leben Kinder' }).getByLabel('Nein').check();
}

export async function fillDog(page, name = 'Bello') {
  await page.getByLabel('Name des Hundes').fill(name);
  await page.getByLabel('Rasse').selectOption('poodle');
  await page.getByLabel('Bis 40 cm').check();
  await page.getByLabel('Bei Ihnen seit').fill('1.3.2026');
  await page.getByLabel('Gewicht').fill('7,5');
  await page.getByLabel('Aus dem Tierheim').check();
}

export async function fillProof(page) {
  await page.getByLabel('Nachweis des Mikrochips').setInputFiles(pdf());
  await main(page).getByRole('button', { name: 'Entfernen: Chip.pdf' }).waitFor();
  await page.getByLabel(/Tierschutz/).check();
}

export const isStep = (page, words) => page.getByRole('heading', { level: 1, name: words, exact: true }).waitFor();

// From the first page to the number, which is returned
export async function sendRequest(page, id) {
  await page.goto(`/services/${id}/form`);
  await isStep(page, 'Ihre Person');
  await fillPerson(page);
  await next(page);
  await isStep(page, 'Ihr Hund');
  await fillDog(page);
  await next(page);
  await isStep(page, 'Nachweise');
  await fillProof(page);
  await next(page);
  await isStep(page, 'Bitte prüfen Sie Ihre Angaben');
  await page.getByLabel('Meine Angaben sind richtig').check();
  await main(page).getByRole('button', { name: 'Antrag absenden' }).click();
  await isStep(page, 'Ihr Antrag ist abgesendet');
  return (await page.locator('.sp-panel--done .kern-heading-medium').innerText()).trim();
}
