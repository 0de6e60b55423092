// Opens an EPUB in foliate-js in a headless Chromium, goes everywhere, presses every reference to a note.
//
//     node walk.mjs BOOK.epub FOLDER NODE_MODULES CHROMIUM
//
// FOLDER gets a picture of every section in light and dark, one of the first note's popup, and report.json:
// { toc, pageList, landmarks, sections, light, dark, wide: [{broken, colours, noterefs, outside}], notes, links, errors,
// strangers }. light and dark are 360 pixels wide, as a phone is, wide is 1,024.

import { fileURLToPath } from 'node:url'
import fs from 'node:fs'
import http from 'node:http'
import path from 'node:path'
import { createRequire } from 'node:module'

const [, , book, folder, modules, executablePath] = process.argv
const { chromium } = createRequire(path.join(path.resolve(modules), 'x.js'))('playwright-core')
const here = path.dirname(fileURLToPath(import.meta.url))
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync']
const TYPES = { '.js': 'text/javascript', '.html': 'text/html', '.epub': 'application/epub+zip' }

function server() {
  const files = { '/book.epub': book, '/reader.html': path.join(here, 'reader.html') }
  return http.createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://reader')
    const file = files[pathname] ?? (pathname.startsWith('/foliate-js/') && path.join(modules, path.normalize(pathname)))
    fs.readFile(file || '', (error, data) => {
      response.writeHead(error ? 404 : 200, { 'content-type': TYPES[path.extname(file || '')] ?? 'text/plain' })
      response.end(data)
    })
  })
}

async function open(browser, base, colorScheme, report, width = 360) {
  const page = await browser.newPage({ viewport: { width, height: 640 }, colorScheme })
  page.on('pageerror', error => report.errors.push(String(error)))
  page.on('request', request => {
    if (!/^(blob:|data:)/.test(request.url()) && !request.url().startsWith(base)) report.strangers.push(request.url())
  })
  await page.goto(`${base}/reader.html`)
  await page.waitForFunction('window.ready')
  Object.assign(report, await page.evaluate(() => reader.open()))
  return page
}

async function walk(page, scheme, report) {
  report[scheme] = []
  for (const index of report.sections.keys()) {
    report[scheme].push(await page.evaluate(index => reader.show(index), index))
    if (scheme !== 'wide') await page.screenshot({ path: path.join(folder, `${scheme}-${index}.png`) })
  }
}

async function press(page, report) {
  report.notes = []
  for (const index of report.sections.keys()) {
    const { noterefs } = report.light[index]
    for (let nth = 0; nth < noterefs; nth++) {
      await page.evaluate(index => reader.show(index), index)
      const note = await page.evaluate(nth => reader.press(nth), nth)
      if (!report.notes.length) await page.screenshot({ path: path.join(folder, 'popup.png') })
      report.notes.push({ section: report.sections[index], ...note })
      await page.evaluate(() => reader.close())
    }
  }
}

async function follow(page, report) {
  report.links = []
  const all = items => items.flatMap(item => [item, ...all(item.subitems)])
  for (const [list, items] of Object.entries({ toc: all(report.toc), pageList: report.pageList }))
    for (const { label, href } of items)
      report.links.push({ list, label, href, found: await page.evaluate(href => reader.follow(href), href) })
}

fs.mkdirSync(folder, { recursive: true })
const report = { errors: [], strangers: [] }
const serving = server()
await new Promise(listening => serving.listen(0, '127.0.0.1', listening))
const base = `http://127.0.0.1:${serving.address().port}`
const browser = await chromium.launch({ executablePath, args: FLAGS })
try {
  for (const scheme of ['light', 'dark']) {
    const page = await open(browser, base, scheme, report)
    await walk(page, scheme, report)
    if (scheme === 'light') {
      await press(page, report)
      await follow(page, report)
    }
    await page.close()
  }
  await walk(await open(browser, base, 'light', report, 1024), 'wide', report)
} finally {
  await browser.close()
  serving.close()
}
fs.writeFileSync(path.join(folder, 'report.json'), JSON.stringify(report, null, 1))
