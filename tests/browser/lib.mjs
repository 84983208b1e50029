// What the scripts share: a browser, people signed in, and the way a check is told to the Go test.
import crypto from 'node:crypto';
import fs from 'node:fs';
import { chromium } from 'playwright-core';

export const base = process.env.BASE;
export const out = process.env.OUT;
export const cast = JSON.parse(fs.readFileSync(process.env.CAST, 'utf8'));
const password = process.env.PASSWORD;

export const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM.includes('/') ? process.env.CHROMIUM : where(process.env.CHROMIUM),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});

function where(program) {
  return process.env.PATH.split(':').map(d => `${d}/${program}`).find(p => fs.existsSync(p));
}

// check runs one check and tells how it went; what it returns is shown beside it.
export async function check(name, act) {
  let Fault = '', Seen;
  try {
    Seen = await act();
  } catch (e) {
    Fault = `${e.message}\n${String(e.stack).split('\n').filter(l => l.includes('.mjs')).join('\n')}`;
  }
  console.log(JSON.stringify({ Name: name, Fault, Seen: Seen ? String(Seen) : '' }));
}

// done ends a script.
export async function done() {
  await browser.close();
}

export function same(got, want, what) {
  if (JSON.stringify(got) !== JSON.stringify(want)) throw new Error(`${what}: got ${JSON.stringify(got)}, want ${JSON.stringify(want)}`);
}

export function holds(text, part, what = 'the page') {
  if (!text.includes(part)) throw new Error(`${what} lacks ${JSON.stringify(part)}:\n${text.slice(0, 3000)}`);
}

export function lacks(text, part, what = 'the page') {
  if (text.includes(part)) throw new Error(`${what} holds ${JSON.stringify(part)}`);
}

// person is somebody of the scenario with an open case; 0 is the fullest journey.
export const person = n => cast.People[n];
export const journeyOf = n => `/people/${person(n).ID}`;

// visit opens a page of its own for somebody: name "" is nobody. Answers of the
// server that are expected to refuse must be named in refusals.
export async function visit(name, { language = 'ja', width = 1440, height = 900, refusals = [], ...more } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, locale: 'ja-JP', timezoneId: 'Asia/Tokyo', baseURL: base, ...more });
  context.setDefaultTimeout(20000);
  await context.addCookies([{ name: 'language', value: language, url: base }]);
  const page = await context.newPage();
  page.complaints = complaints(page, refusals);
  if (name) await signIn(page, name);
  return page;
}

// beside opens one more page of a visitor, who stays signed in and has the fonts already.
export async function beside(page, { refusals = [] } = {}) {
  const more = await page.context().newPage();
  more.complaints = complaints(more, refusals);
  return more;
}

export async function signIn(page, name) {
  await page.goto('/sign-in');
  await page.fill('#sign_in_name', name);
  await page.fill('#password', password);
  await Promise.all([page.waitForURL(u => !u.pathname.startsWith('/sign-in')), page.click('form[action="/sign-in"] button')]);
}

// fresh opens a journey whose form holds nothing of an earlier visit.
export async function fresh(page, address) {
  await page.goto(address);
  while (await page.locator('[form=drop_draft]').count()) {
    await Promise.all([page.waitForNavigation(), page.click('[form=drop_draft]')]);
  }
}

// complaints collects what the browser complains of: faults in scripts, what the
// content policy stops, what cannot be loaded. A cut line is no fault of the page.
function complaints(page, refusals) {
  const list = [];
  page.on('pageerror', e => list.push(`script: ${e.message}`));
  page.on('dialog', d => { list.push(`dialog: ${d.message()}`); d.dismiss(); });
  page.on('console', m => {
    const text = m.text();
    if (!['error', 'warning'].includes(m.type()) || text.includes('htmx:sse:error')) return;
    if (refusals.some(status => text.includes(`status of ${status} `))) return;
    list.push(`${m.type()}: ${text} ${m.location().url}`);
  });
  return list;
}

// silent fails when the browser complained.
export function silent(page) {
  same(page.complaints, [], 'complaints of the browser');
}

// at says what has the focus.
export const at = page => page.evaluate(() => {
  const e = document.activeElement;
  return e && e !== document.body ? e.outerHTML.slice(0, 160) : '';
});

// tab presses Tab until what the selector names has the focus.
export async function tab(page, selector, key = 'Tab') {
  for (let i = 0; i < 150; i++) {
    if (await page.evaluate(s => !!document.activeElement?.matches(s), selector)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${selector} was not reached with ${key}; the focus is at ${await at(page)}`);
}

// choose moves a list that has the focus to the option of a value, with arrows.
export async function choose(page, value) {
  for (let i = 0; i < 40; i++) {
    if (await page.evaluate(v => document.activeElement.value === v, value)) return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`no option ${value} in ${await at(page)}`);
}

// follow presses Enter on what has the focus and waits for the page it opens.
export async function follow(page) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

export const text = (page, selector = 'body') => page.locator(selector).first().innerText();

// head is the number of the newest event, once every read model has taken it in.
let analyst;
export async function head() {
  analyst ??= visit('an1');
  const { request } = await analyst;
  for (let i = 0; i < 100; i++) {
    const { head, projections } = await (await request.get('/api/v1/status')).json();
    if (projections.every(p => p.position >= head)) return head;
    await new Promise(done => setTimeout(done, 100));
  }
  throw new Error('the read models do not follow the log');
}

// figures counts indicators, named with blanks between, as somebody who may ask and
// with all that is on record by now; the year is the one that runs.
export async function figures(list, period = 'FY2023') {
  await head();
  const { request } = await analyst;
  return Promise.all(list.split(' ').map(async of => {
    const answer = await request.get(`/api/v1/figures/${of}?period=${period}`);
    if (!answer.ok()) throw new Error(`${of}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()).value;
  }));
}

export const figure = async (of, period) => (await figures(of, period))[0];

// told gives a command for somebody, as a program does.
export async function told(who, command, data) {
  const answer = await fetch(`${base}/api/v1/commands/${command}`, { method: 'POST', body: JSON.stringify(data), headers: {
    'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID(), Authorization: 'Basic ' + Buffer.from(`${who}:${password}`).toString('base64') } });
  if (!answer.ok) throw new Error(`${command}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}
