// Watches the preview of an edition in a headless Chromium while its sources are edited.
//
//     node walk.mjs URL TEXT FOLDER NODE_MODULES CHROMIUM
//
// TEXT is a Markdown file of the edition that says “Zinoviev” and links to “(#chronology)”. FOLDER gets pictures, and
// report.json: what was seen after each edit.

import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'

const [, , url, file, folder, modules, executablePath] = process.argv
const { chromium } = createRequire(path.join(path.resolve(modules), 'x.js'))('playwright-core')
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync']
const PATIENCE = { timeout: 400_000 }
const report = { errors: [], strangers: [] }

const browser = await chromium.launch({ executablePath, args: FLAGS })
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
page.setDefaultTimeout(PATIENCE.timeout)
page.on('pageerror', error => report.errors.push(String(error)))
page.on('console', message => { if (message.type() === 'error') report.errors.push(message.text()) })
page.on('request', request => { if (!request.url().startsWith(url)) report.strangers.push(request.url()) })

const edit = (from, to) => fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(from, to))
const says = words => page.waitForFunction(w => document.getElementById('shell-text').textContent.includes(w), words, PATIENCE)
const settled = () => page.waitForFunction(
  () => document.querySelectorAll('#shell-leaves img').length && document.getElementById('shell-work').className === 'work', null, PATIENCE)
const picture = name => page.screenshot({ path: path.join(folder, `${name}.png`) })
const leaves = () => page.evaluate(() => [...document.querySelectorAll('#shell-leaves figure')].map(one => one.dataset.digest))

await page.goto(url)
await settled()
await picture('text')
report.title = await page.title()
report.scripted = await page.evaluate(() => document.querySelectorAll('script:not([src]):not([type="application/json"])').length)
report.contents = await page.locator('#shell-contents li').allTextContents()
report.page = await page.locator('#shell-text .index .locators a').first().textContent()

await page.locator('#shell-text a.noteref').first().click()
report.note = await page.locator('#shell-note').textContent()
await picture('note')
await page.keyboard.press('Escape')

// an edit above and below the reader: the line they read stays where it is
const chosen = page.locator('#shell-text .part[data-key*="02"] p[id]').nth(3)
const id = await chosen.getAttribute('id')
await chosen.evaluate(element => window.scrollBy(0, element.getBoundingClientRect().top - 60))
const top = () => page.evaluate(name => document.getElementById(name).getBoundingClientRect().top, id)
report.before = await top()
const old = await leaves()
edit('Zinoviev', 'Wordnew Zinoviev')
await says('Wordnew Zinoviev')
report.after = await top()
report.cpu = await page.evaluate(() => document.getElementById('shell-work').textContent)
report.marked = await page.locator('#shell-text .changed').count()
await page.waitForFunction(was => [...document.querySelectorAll('#shell-leaves figure')].some((one, n) => one.dataset.digest !== was[n]), old, PATIENCE)
const now = await leaves()
report.leaves = { all: now.length, changed: now.filter((one, n) => one !== old[n]).length }

report.leaving = await top()
// not page.click, which scrolls to what sticks at the top anyway
const press = name => page.locator(`#shell-tab-${name}`).dispatchEvent('click')
await press('pages')
const changed = page.locator('#shell-leaves .changed img').first()
await changed.scrollIntoViewIfNeeded()
await page.waitForFunction(() => { const i = document.querySelector('#shell-leaves .changed img'); return i.complete && i.naturalWidth > 300 }, null, PATIENCE)
await picture('pages')
await press('text')
report.back = await top()
report.own = await page.evaluate(() => [scrollY, document.documentElement.scrollHeight])

// a bad edit: its complaint at its place, the last good text stays
edit('(#chronology)', '(#kronology)')
await page.waitForSelector('#shell-complaints .error', PATIENCE)
report.complaint = await page.locator('#shell-complaints .error').first().textContent()
report.placed = await page.locator('#shell-text .complaint.error + p, #shell-text .complaint.error + h1').count()
report.kept = await page.evaluate(() => document.getElementById('shell-text').textContent.includes('Wordnew Zinoviev'))
await picture('complaint')
edit('(#kronology)', '(#chronology)')
await page.waitForFunction(() => !document.querySelector('#shell-text .complaint.error'), null, PATIENCE)
report.recovered = await page.locator('#shell-complaints .error').count()

await page.emulateMedia({ colorScheme: 'dark' })
await picture('dark')
await browser.close()
fs.writeFileSync(path.join(folder, 'report.json'), JSON.stringify(report, null, 1))
