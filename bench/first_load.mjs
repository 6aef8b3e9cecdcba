// first_load.mjs ADDRESS: what the first visit of the start page takes over the wire, in bytes, headers included. Fails where anything comes
// from another origin.
import { chromium } from 'playwright-core';

const [, , address] = process.argv;
const browser = await chromium.launch({
  executablePath: '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const page = await browser.newPage();
const wire = await page.context().newCDPSession(page);
const foreign = [];
let bytes = 0;
await wire.send('Network.enable');
wire.on('Network.loadingFinished', event => { bytes += event.encodedDataLength; });
page.on('request', request => { if (!request.url().startsWith(address) && !request.url().startsWith('data:')) foreign.push(request.url()); });
await page.goto(address, { waitUntil: 'networkidle' });
await page.waitForTimeout(500);
await browser.close();
if (foreign.length) throw new Error(`from elsewhere: ${foreign.join(' ')}`);
console.log(bytes);
