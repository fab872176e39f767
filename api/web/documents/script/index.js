// The pieces of a document's text: what is found in a line, how a block is drawn.

// Letters without case and accents, each in its place.
export function fold(text) {
  let out = "";
  for (const unit of text) {
    const bare = unit.length === 1 ? unit.normalize("NFKD")[0].toLowerCase()[0] : unit;
    out += bare === "\u00a0" || bare === "\u202f" ? " " : bare;
  }
  return out;
}

// A line in pieces: links, marks of footnotes, what is found, what the address names.
export function pieces(line, hits, here, current) {
  const text = line.text;
  const links = line.links || [];
  const marks = line.marks || [];
  const cuts = new Set([0, text.length]);
  for (const [from, to] of [...links, ...(hits || []), ...(here || [])]) cuts.add(from).add(to);
  for (const [at] of marks) cuts.add(at);
  const sorted = [...cuts].filter((at) => at >= 0 && at <= text.length).sort((a, b) => a - b);
  const covers = (spans, at) => (spans || []).find(([from, to]) => from <= at && at < to);
  const out = [];
  sorted.forEach((at, nth) => {
    for (const [where, label] of marks) if (where === at) out.push({ note: label });
    const to = sorted[nth + 1];
    if (to === undefined) return;
    const hit = covers(hits, at);
    out.push({
      text: text.slice(at, to),
      link: covers(links, at),
      marked: Boolean(hit || covers(here, at)),
      hit: hit ? (hit[2] === current ? "current" : "one") : null,
    });
  });
  return out;
}

const LbLine = {
  props: ["line", "hits", "here", "current", "open", "words"],
  emits: ["note"],
  computed: {
    parts() { return pieces(this.line, this.hits, this.here, this.current); },
  },
  methods: {
    number(label) { return label.replace(/^.*fn /, ""); },
    saying(label) { return this.words.note.replace("{number}", this.number(label)); },
  },
  template: `<template v-for="(part, nth) in parts" :key="nth"><button v-if="part.note" type="button" class="lb-doc-mark" :aria-expanded="open && open[part.note] ? 'true' : 'false'" :aria-label="saying(part.note)" @click="$emit('note', part.note)">{{ number(part.note) }}</button><bdi v-else-if="part.link && !part.link[2]" dir="ltr"><mark v-if="part.marked" :data-hit="part.hit">{{ part.text }}</mark><template v-else>{{ part.text }}</template></bdi><a v-else-if="part.link" :href="part.link[2]" :target="part.link[3] ? '_blank' : null" :rel="part.link[3] ? 'noopener noreferrer' : null" :class="part.link[3] ? 'lb-doc-outside' : 'lb-doc-link'"><bdi dir="ltr"><mark v-if="part.marked" :data-hit="part.hit">{{ part.text }}</mark><template v-else>{{ part.text }}</template></bdi></a><mark v-else-if="part.marked" :data-hit="part.hit">{{ part.text }}</mark><template v-else>{{ part.text }}</template></template>`,
};

export const LbBlock = {
  components: { LbLine },
  props: ["block", "side", "row", "lang", "hits", "here", "current", "open", "words"],
  emits: ["note", "select"],
  methods: {
    key(...rest) { return [this.row, this.side, ...rest].join("."); },
    hit(...rest) { return this.hits ? this.hits[this.key(...rest)] : undefined; },
    spans(nth) {
      const lines = this.here && this.here.lines;
      return lines ? lines.filter(([line]) => line === nth).map(([, from, to]) => [from, to]) : undefined;
    },
    mark(label) { return label.slice(label.lastIndexOf("(")); },
  },
  template: `
    <component v-if="block.kind === 'heading'" :is="'h' + Math.min(block.level + 1, 6)" class="lb-doc-heading" :data-level="block.level" :lang="lang" :dir="lang === 'ar' ? 'rtl' : 'ltr'"><span v-if="block.number" class="lb-doc-heading-number">{{ block.number }}</span><lb-line :line="block.line" :hits="hit('h')" :current="current" :words="words" /></component>
    <div v-else-if="block.kind === 'paragraph'" class="lb-doc-paragraph" :lang="lang" :dir="lang === 'ar' ? 'rtl' : 'ltr'">
      <p v-if="block.name" class="lb-small lb-quiet lb-strong">{{ block.name }}</p>
      <p v-for="(line, nth) in block.lines" :key="nth" class="lb-doc-line" :data-depth="line.depth || 0"><lb-line :line="line" :hits="hit('l', nth)" :here="spans(nth)" :current="current" :open="open" :words="words" @note="$emit('note', $event)" /><button v-if="line.label" type="button" class="lb-doc-sub lb-no-print" :data-copy="line.citation" :aria-label="words.copy + ': ' + line.citation" :title="line.citation" @click="$emit('select', line.label)"><span class="lb-icon lb-icon-copy" aria-hidden="true"></span></button></p>
    </div>
    <div v-else-if="block.kind === 'table'" class="lb-scroll lb-doc-table" tabindex="0" role="region" :aria-label="block.caption.text || block.label">
      <table class="lb-table" :lang="lang" :dir="lang === 'ar' ? 'rtl' : 'ltr'">
        <caption><lb-line :line="block.caption" :hits="hit('c')" :current="current" :words="words" /></caption>
        <thead><tr><th v-for="(cell, nth) in block.columns" :key="nth" scope="col"><lb-line :line="cell" :hits="hit('k', nth)" :current="current" :words="words" /></th></tr></thead>
        <tbody><tr v-for="(cells, nth) in block.rows" :key="nth" :data-here="here && here.cells === nth ? '' : null"><template v-for="(cell, at) in cells" :key="at"><th v-if="at === 0" scope="row"><lb-line :line="cell" :hits="hit('r', nth, at)" :current="current" :words="words" /></th><td v-else><lb-line :line="cell" :hits="hit('r', nth, at)" :current="current" :words="words" /></td></template></tr></tbody>
      </table>
      <p v-for="(line, nth) in block.note" :key="nth" class="lb-small lb-quiet" :lang="lang" :dir="lang === 'ar' ? 'rtl' : 'ltr'"><lb-line :line="line" :hits="hit('t', nth)" :current="current" :words="words" /></p>
    </div>
    <figure v-else-if="block.kind === 'figure'" class="lb-doc-figure" :lang="lang" :dir="lang === 'ar' ? 'rtl' : 'ltr'"><figcaption><lb-line :line="block.caption" :hits="hit('c')" :current="current" :words="words" /></figcaption><p v-for="(line, nth) in block.legend" :key="nth" class="lb-small lb-quiet"><lb-line :line="line" :hits="hit('t', nth)" :current="current" :words="words" /></p><p class="lb-small lb-quiet lb-no-print">{{ words.picture }}</p></figure>
    <h2 v-else class="lb-doc-heading" data-level="1">{{ words.footnotes }}</h2>
    <aside v-for="(note, which) in block.notes || []" :key="note.label" class="lb-doc-note" :data-open="block.kind === 'notes' || (open && open[note.label]) ? '' : null" :data-here="here && here.note === note.label ? '' : null" :lang="lang" :dir="lang === 'ar' ? 'rtl' : 'ltr'" :aria-label="words.note.replace('{number}', note.number)"><span class="lb-num lb-strong" aria-hidden="true">{{ note.number }}</span><div><p v-for="(line, nth) in note.lines" :key="nth"><lb-line :line="line" :hits="hit('n', which, nth)" :current="current" :words="words" /></p></div></aside>
    <p v-for="(reading, nth) in block.readings || []" :key="'r' + nth" class="lb-doc-reading">{{ words.printed }} <q :lang="lang" :dir="lang === 'ar' ? 'rtl' : 'ltr'">{{ reading[0] }}</q> <span aria-hidden="true">→</span> {{ words.read_as }} <q :lang="lang" :dir="lang === 'ar' ? 'rtl' : 'ltr'">{{ reading[1] }}</q></p>`,
};

// Every text of a block with the key of its line, and the note that it stands in.
export function* texts(block, prefix) {
  if (!block) return;
  const one = (line, ...rest) => [[prefix, ...rest].join("."), line.text, null];
  if (block.line) yield one(block.line, "h");
  if (block.caption) yield one(block.caption, "c");
  for (const [nth, line] of (block.lines || []).entries()) yield one(line, "l", nth);
  for (const [nth, line] of (block.columns || []).entries()) yield one(line, "k", nth);
  for (const [nth, cells] of (block.rows || []).entries()) for (const [at, cell] of cells.entries()) yield one(cell, "r", nth, at);
  for (const [nth, line] of (block.legend || block.note || []).entries()) yield one(line, "t", nth);
  for (const [which, note] of (block.notes || []).entries()) {
    for (const [nth, line] of note.lines.entries()) yield [[prefix, "n", which, nth].join("."), line.text, note.label];
  }
}
