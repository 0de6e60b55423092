// Keeps the page in step with the sources: what has changed is put in its place, and the reader stays where they read.

const find = name => document.getElementById(`shell-${name}`) // ids of the text are the text's own
const text = find('text'), leaves = find('leaves'), note = find('note')
const inText = id => text.querySelector(`#${CSS.escape(id)}`)
const parts = () => [...text.querySelectorAll(':scope > .part')]
let state = JSON.parse(find('state').textContent)

// --- the text

// The first block below the bar, and how far from the top it stands.
function anchor() {
  const top = document.querySelector('.bar').offsetHeight
  for (const element of text.querySelectorAll('[id]')) {
    const box = element.getBoundingClientRect()
    if (box.bottom > top + 1 && box.height && !element.querySelector('[id]')) return { id: element.id, at: box.top }
  }
}

function backTo(place) {
  const element = place && inText(place.id)
  if (element) window.scrollBy({ top: element.getBoundingClientRect().top - place.at, behavior: 'instant' })
}

function made(html) {
  const template = document.createElement('template')
  template.innerHTML = html
  return template.content
}

// The words of every block of a part, without the page numbers in them.
function wordsOf(part) {
  const copy = part.cloneNode(true)
  for (const made of copy.querySelectorAll('.page, .locators, .in-print, .complaint')) made.remove()
  const blocks = copy.querySelectorAll('p[id], li[id], h1[id], h2[id], h3[id], dd[id], blockquote[id]')
  return new Map([...blocks].map(block => [block.id, block.textContent.trim()]))
}

function showSections(sections) {
  if (!sections.length) return
  const old = new Map(parts().map(part => [part.dataset.key, part]))
  text.querySelector(':scope > .nothing')?.remove()
  sections.forEach(([key, digest, html], place) => {
    let part = old.get(key)
    if (!part) {
      part = Object.assign(document.createElement('div'), { className: 'part' })
      part.dataset.key = key
    }
    if (part.dataset.digest !== digest && html) {
      const before = wordsOf(part)
      part.replaceChildren(made(html))
      part.dataset.digest = digest
      for (const [id, words] of before.size ? wordsOf(part) : []) {
        if (before.get(id) !== words) part.querySelector(`#${CSS.escape(id)}`).classList.add('changed')
      }
    }
    if (text.children[place] !== part) text.insertBefore(part, text.children[place] ?? null)
    old.delete(key)
  })
  for (const part of old.values()) part.remove()
}

// --- complaints

function complaint({ severity, text, hint, where }) {
  const box = Object.assign(document.createElement('div'), { className: `complaint ${severity}` })
  box.append(text)
  if (hint) box.append(Object.assign(document.createElement('span'), { className: 'hint', textContent: ` – ${hint}` }))
  box.append(Object.assign(document.createElement('code'), { textContent: where }))
  return box
}

function showComplaints(complaints) {
  for (const box of text.querySelectorAll('.complaint')) box.remove()
  const rows = complaints.map(one => {
    const block = one.block && inText(one.block)
    if (block) (block.closest('li, dt, dd, tr') ?? block).before(complaint(one))
    const button = document.createElement('button')
    button.append(complaint(one))
    if (block) button.onclick = () => { show('text'); block.scrollIntoView({ block: 'center' }) }
    const row = document.createElement('li')
    row.append(button)
    return row
  })
  find('complaints').querySelector('ol').replaceChildren(...rows)
  const worst = ['error', 'warning', 'info'].find(kind => complaints.some(one => one.severity === kind))
  const open = find('complaints-open')
  open.hidden = !worst
  open.className = worst ?? ''
  const count = complaints.filter(one => one.severity === worst).length
  open.textContent = worst && `${count} ${worst === 'info' ? 'note' : worst}${count > 1 ? 's' : ''}`
  if (worst === 'error') openComplaints(true)
  else if (!worst) openComplaints(false)
}

function openComplaints(is) {
  find('complaints').hidden = !is
  find('complaints-open').setAttribute('aria-expanded', is)
}

// --- pages

function showPages(pages) {
  const had = leaves.children.length
  pages.forEach(([label, digest], number) => {
    let figure = leaves.children[number]
    if (!figure) {
      figure = document.createElement('figure')
      const image = Object.assign(document.createElement('img'), { loading: 'lazy', width: 600, height: 851 })
      figure.append(image, document.createElement('figcaption'))
      leaves.append(figure)
    }
    if (figure.dataset.digest !== digest) {
      figure.classList.toggle('changed', had > 0)
      figure.dataset.digest = digest
      figure.querySelector('img').src = `/page/${number}/${digest}.png`
    }
    figure.querySelector('img').alt = `page ${label}`
    figure.querySelector('figcaption').textContent = label
  })
  while (leaves.children.length > pages.length) leaves.lastChild.remove()
}

// --- all of it

function showState(next) {
  const place = anchor()
  showSections(next.sections)
  showComplaints(next.complaints)
  backTo(place)
  showPages(next.pages)
  find('contents').innerHTML = next.contents
  find('standing').textContent = next.standing
  const work = find('work')
  work.className = next.printing ? 'work busy' : 'work'
  work.textContent = next.fault || (next.printing ? 'setting pages' : next.good ? `${Math.round(next.cpu * 1000)} ms` : 'last good text')
  work.title = next.fault
  document.body.dataset.number = next.number
  state = next
  follow()
}

async function refresh() {
  const known = parts().map(part => part.dataset.digest)
  const answer = await fetch('/now', { method: 'POST', body: JSON.stringify(known) })
  if (answer.ok) showState(await answer.json())
}

// Each tab keeps its place: the pages how far they were scrolled, the text the line that was read.
let read, scrolled = 0

function show(name) {
  if (find(`tab-${name}`).getAttribute('aria-selected') === 'true') return
  if (name === 'pages') read = anchor()
  else scrolled = window.scrollY
  for (const tab of ['text', 'pages']) {
    find(`tab-${tab}`).setAttribute('aria-selected', tab === name)
    find(`view-${tab}`).hidden = tab !== name
  }
  if (name === 'pages') window.scrollTo({ top: scrolled, behavior: 'instant' })
  else backTo(read)
}

// Where the reader is, in the list of contents.
function follow() {
  const here = parts().filter(part => part.getBoundingClientRect().top < innerHeight / 3).at(-1)
  for (const link of find('contents').querySelectorAll('a')) {
    link.classList.toggle('here', !!here?.querySelector(`#${CSS.escape(link.hash.slice(1))}`))
  }
}

find('tab-text').onclick = () => show('text')
find('tab-pages').onclick = () => show('pages')
find('complaints-open').onclick = () => openComplaints(find('complaints').hidden)
addEventListener('scroll', follow, { passive: true })
addEventListener('keydown', event => { if (event.key === 'Escape') note.hidden = true })
addEventListener('click', event => {
  const link = event.target.closest('a.noteref')
  note.hidden = !link
  if (!link) return
  event.preventDefault()
  const found = inText(decodeURIComponent(link.hash.slice(1)))
  note.replaceChildren(...(found ? [...found.cloneNode(true).childNodes] : []))
  for (const element of note.querySelectorAll('[id]')) element.removeAttribute('id')
})

showState(state)
const news = new EventSource('/events')
news.onmessage = event => { if (Number(event.data) !== state.number) refresh() }
