// The text of a document: plain elements made from plain values, every text a text node.
// Its rows, words and records come from reader.py; what is chosen goes back by `choose`.

import { LbBlock, fold, texts } from "landbrief-reader";

const FIRST_ROWS = 60; // drawn at once; the rest follows while the reader begins to read
const MORE_ROWS = 80;
const MOST_HITS = 2000;

export default {
  components: { LbBlock },
  props: { rows: Array, target: Object, words: Object, editions: Array, chosen: Object, path: String },
  emits: ["choose", "ready"],
  data: () => ({ drawn: FIRST_ROWS, query: "", hits: {}, found: [], at: -1, open: {}, shownRecords: null, selected: null, section: -1, closed: {}, outlineOpen: false, busy: false, resting: {}, corrected: {} }),
  computed: {
    where() {
      const row = this.section >= 0 ? this.rows[this.section] : null;
      const block = row && this.block(row);
      return block && block.line ? [block.number, block.line.text].filter(Boolean).join(" ") : "";
    },
    two() { return Boolean(this.chosen.second); },
    visible() { return this.drawn < this.rows.length ? this.rows.slice(0, this.drawn) : this.rows; },
    outline() {
      const out = [];
      for (const row of this.rows) {
        const block = row.first || row.second;
        if (block.kind !== "heading") continue;
        const item = { id: row.id, level: block.level, number: block.number, text: block.line.text, below: [] };
        if (block.level > 1 && out.length) out[out.length - 1].below.push(item);
        else out.push(item);
      }
      return out;
    },
    current() { return this.found[this.at] ? this.found[this.at].id : -1; },
    saying() {
      if (!this.query.trim()) return "";
      const number = (count) => new Intl.NumberFormat(this.words.locale).format(count);
      if (!this.found.length) return this.words.none;
      return this.words.found.replace("{nth}", number(this.at + 1)).replace("{count}", number(this.found.length));
    },
  },
  watch: {
    path() { this.renewed(); },
  },
  mounted() {
    this.$nextTick(() => { this.arrive(); this.drawMore(); this.$emit("ready"); });
    addEventListener("scroll", this.scrolled, { passive: true });
    addEventListener("beforeprint", this.drawAll);
  },
  unmounted() {
    removeEventListener("scroll", this.scrolled);
    removeEventListener("beforeprint", this.drawAll);
  },
  methods: {
    directionOf(language) { return language === "ar" ? "rtl" : "ltr"; },
    block(row) { return row.first || row.second; },
    number(row) { return this.block(row).number && this.block(row).kind === "paragraph"; },
    label(row) { return this.block(row).label || ""; },
    nameOf(key) { return (this.editions.find((one) => one.key === key) || {}).name || key; },
    hereOf(row) { return this.target && this.target.row === row.id ? this.target : undefined; },
    hitsOf(row) { return this.hits[row.id]; },
    currentOf(row) { return this.found[this.at] && this.found[this.at].row === row.id ? this.current : -1; },
    openOf(row) { return this.block(row).notes || (row.second && row.second.notes) ? this.open : undefined; },
    address(label) { return `${this.path}&paragraph=${encodeURIComponent(label)}`; },
    recordsOf(row) { return this.resting[this.label(row)]; },
    correctedOf(row) { return this.corrected[this.label(row)] || []; },
    drawAll() { this.drawn = this.rows.length; },
    drawMore() {
      if (this.drawn >= this.rows.length) return;
      setTimeout(() => { this.drawn += MORE_ROWS; this.$nextTick(this.drawMore); }, 30);
    },
    element(id) { return this.$el.querySelector(`[data-row="${id}"]`); },
    async reach(id, how) {
      if (this.drawn <= id) { this.drawn = id + MORE_ROWS; await this.$nextTick(); }
      const row = this.element(id);
      const inner = row && (row.querySelector("mark[data-hit='current']") || row.querySelector("[data-here]") || row.querySelector("mark"));
      const goal = how === "start" ? row : inner || row;
      if (goal) goal.scrollIntoView({ block: how === "start" ? "start" : row.offsetHeight < innerHeight * .6 || inner ? "center" : "start" });
    },
    arrive() {
      if (!this.target) { this.scrolled(); return; }
      if (this.target.note) this.open = { ...this.open, [this.target.note]: true };
      this.selected = this.target.row;
      this.$nextTick(() => this.reach(this.target.row));
    },
    rest(resting, corrected) {
      this.resting = Object.freeze(resting);
      this.corrected = Object.freeze(corrected);
    },
    failed() { this.busy = false; },
    async renewed() {
      const kept = this.kept;
      this.kept = null;
      this.busy = false;
      this.drawn = Math.max(this.drawn, FIRST_ROWS);
      this.open = {};
      this.search();
      history.replaceState(history.state, "", this.path);
      await this.$nextTick();
      const row = kept && this.rows.find((one) => this.label(one) === kept.label);
      if (row) {
        if (this.drawn <= row.id) { this.drawn = row.id + MORE_ROWS; await this.$nextTick(); }
        const element = this.element(row.id);
        if (element) scrollBy(0, element.getBoundingClientRect().top - kept.top);
      }
      this.drawMore();
    },
    keep() {
      this.kept = null;
      for (const element of this.$el.querySelectorAll("[data-label]")) {
        const top = element.getBoundingClientRect().top;
        if (element.dataset.label && top > 60) { this.kept = { label: element.dataset.label, top }; return; }
      }
    },
    choose(first, second) {
      this.keep();
      this.busy = true;
      this.$emit("choose", { first, second });
    },
    select(row, label) {
      this.selected = row.id;
      history.replaceState(history.state, "", this.address(label || this.label(row)));
    },
    copyLink(row) { window.landbrief.copy(location.origin + this.address(this.label(row))); },
    toggleNote(label) { this.open = { ...this.open, [label]: !this.open[label] }; },
    scrolled() {
      if (this.waiting) return;
      this.waiting = true;
      requestAnimationFrame(() => {
        this.waiting = false;
        if (!this.$el || !this.$el.isConnected) return;
        let section = -1;
        for (const element of this.$el.querySelectorAll("[data-heading]")) {
          if (element.getBoundingClientRect().top > 140) break;
          section = Number(element.dataset.row);
        }
        if (section === this.section) return;
        this.section = section;
        this.$nextTick(() => {
          const mark = this.$el.querySelector(".lb-doc-outline [aria-current]");
          const box = this.$el.querySelector(".lb-doc-outline");
          if (mark && box && box.scrollHeight > box.clientHeight) box.scrollTop = mark.offsetTop - box.clientHeight / 2;
        });
      });
    },
    isIn(item) { return item.id === this.section || item.below.some((one) => one.id === this.section); },
    isOpen(item) { return this.closed[item.id] === undefined ? this.isIn(item) : !this.closed[item.id]; },
    toggle(item) { this.closed = { ...this.closed, [item.id]: this.isOpen(item) }; },
    go(id) { this.outlineOpen = false; this.reach(id, "start"); },
    later() { clearTimeout(this.timer); this.timer = setTimeout(() => { this.search(); this.show(); }, 150); },
    search() {
      const wanted = fold(this.query.trim());
      const hits = {};
      const found = [];
      if (wanted) {
        for (const row of this.rows) for (const side of ["first", "second"]) {
          for (const [key, text, note] of texts(row[side], `${row.id}.${side}`)) {
            const folded = fold(text);
            for (let at = folded.indexOf(wanted); at >= 0 && found.length < MOST_HITS; at = folded.indexOf(wanted, at + wanted.length)) {
              const of = (hits[row.id] = hits[row.id] || {});
              (of[key] = of[key] || []).push([at, at + wanted.length, found.length]);
              found.push({ id: found.length, row: row.id, note });
            }
          }
        }
      }
      this.hits = hits;
      this.found = found;
      this.at = found.length ? 0 : -1;
    },
    async show() {
      const hit = this.found[this.at];
      if (!hit) return;
      if (hit.note) this.open = { ...this.open, [hit.note]: true };
      await this.$nextTick();
      this.reach(hit.row);
    },
    step(by) {
      if (!this.found.length) { this.search(); this.show(); return; }
      this.at = (this.at + by + this.found.length) % this.found.length;
      this.show();
    },
    clear() { this.query = ""; this.search(); },
  },
  template: `
    <div class="lb-doc" :data-two="two ? '' : null" :data-long="rows.length > 400 ? '' : null" :aria-busy="busy">
      <div class="lb-doc-choices lb-no-print" v-if="editions.length > 1">
        <label class="lb-field"><span>{{ words.text }}</span><select class="lb-select" :value="chosen.first" @change="choose($event.target.value, chosen.second)"><option v-for="one in editions" :key="one.key" :value="one.key">{{ one.name }}</option></select></label>
        <label class="lb-field"><span>{{ words.beside }}</span><select class="lb-select" :value="chosen.second" @change="choose(chosen.first, $event.target.value)"><option value="">{{ words.nothing }}</option><option v-for="one in editions.filter((other) => other.key !== chosen.first)" :key="one.key" :value="one.key">{{ one.name }}</option></select></label>
      </div>
      <div class="lb-doc-bar lb-no-print" :data-searching="query ? '' : null">
        <button v-if="outline.length" type="button" class="lb-button-quiet lb-doc-opener" :aria-expanded="outlineOpen ? 'true' : 'false'" @click="outlineOpen = !outlineOpen"><span class="lb-icon lb-icon-menu" aria-hidden="true"></span><span class="lb-hidden">{{ words.outline }}</span><span v-if="where" class="lb-doc-where" :lang="chosen.lang" :dir="directionOf(chosen.lang)">{{ where }}</span><span v-else class="lb-doc-where" aria-hidden="true">{{ words.outline }}</span></button>
        <p class="lb-doc-crumb lb-small lb-quiet" :lang="chosen.lang" :dir="directionOf(chosen.lang)">{{ where }}</p>
        <form class="lb-doc-search" role="search" @submit.prevent="step(1)">
          <span class="lb-doc-field"><span class="lb-icon lb-icon-search" aria-hidden="true"></span><input type="search" dir="auto" v-model="query" data-main-input autocomplete="off" :aria-label="words.search" :placeholder="words.search" @input="later" @keydown.enter.shift.prevent="step(-1)" @keydown.esc.prevent.stop="clear"></span>
          <output class="lb-small lb-quiet lb-num" aria-live="polite">{{ saying }}</output>
          <button v-if="query" type="button" class="lb-icon-button" :aria-label="words.previous" :disabled="!found.length" @click="step(-1)"><span class="lb-icon lb-icon-down lb-doc-upward" aria-hidden="true"></span></button>
          <button v-if="query" type="button" class="lb-icon-button" :aria-label="words.next" :disabled="!found.length" @click="step(1)"><span class="lb-icon lb-icon-down" aria-hidden="true"></span></button>
        </form>
      </div>
      <div class="lb-doc-body">
        <nav v-if="outline.length" class="lb-doc-outline lb-no-print" :data-open="outlineOpen ? '' : null" :aria-label="words.outline" @keydown.esc="outlineOpen = false">
          <ol data-arrows><li v-for="item in outline" :key="item.id">
            <div class="lb-doc-entry"><a :href="'#' + item.id" :aria-current="item.id === section ? 'true' : null" :lang="chosen.lang" :dir="directionOf(chosen.lang)" @click.prevent="go(item.id)"><span v-if="item.number" class="lb-doc-entry-number">{{ item.number }}</span> <span>{{ item.text }}</span></a><button v-if="item.below.length" type="button" class="lb-doc-fold" :aria-expanded="isOpen(item) ? 'true' : 'false'" :aria-label="words.below + ': ' + item.text" @click="toggle(item)"><span class="lb-icon lb-icon-down" aria-hidden="true"></span></button></div>
            <ol v-if="item.below.length && isOpen(item)"><li v-for="one in item.below" :key="one.id" :data-level="one.level"><a :href="'#' + one.id" :aria-current="one.id === section ? 'true' : null" :lang="chosen.lang" :dir="directionOf(chosen.lang)" @click.prevent="go(one.id)"><span v-if="one.number" class="lb-doc-entry-number">{{ one.number }}</span> <span>{{ one.text }}</span></a></li></ol>
          </li></ol>
        </nav>
        <article class="lb-doc-text">
          <div v-if="two" class="lb-doc-row lb-doc-names" data-kind="names"><span></span><p class="lb-small lb-quiet">{{ nameOf(chosen.first) }}</p><p class="lb-small lb-quiet">{{ nameOf(chosen.second) }}</p></div>
          <section v-for="row in visible" :key="row.id" class="lb-doc-row" :data-row="row.id" :data-label="label(row)" :data-kind="block(row).kind" :data-level="block(row).level" :data-heading="block(row).kind === 'heading' ? '' : null" :data-selected="selected === row.id ? '' : null">
            <a v-if="label(row)" class="lb-doc-number lb-num" :href="address(label(row))" :aria-label="block(row).citation" :title="block(row).citation" dir="ltr" @click.prevent="select(row)">{{ block(row).number }}</a><span v-else></span>
            <div class="lb-doc-cell"><lb-block v-if="row.first" :block="row.first" side="first" :row="row.id" :lang="chosen.lang" :hits="hitsOf(row)" :here="hereOf(row)" :current="currentOf(row)" :open="openOf(row)" :words="words" @note="toggleNote" @select="select(row, $event)" /><p v-else-if="number(row)" class="lb-quiet lb-small">{{ words.absent }}</p></div>
            <div v-if="two" class="lb-doc-cell"><lb-block v-if="row.second" :block="row.second" side="second" :row="row.id" :lang="chosen.secondLang" :hits="hitsOf(row)" :here="row.first ? undefined : hereOf(row)" :current="currentOf(row)" :open="openOf(row)" :words="words" @note="toggleNote" @select="select(row, $event)" /><p v-else-if="number(row)" class="lb-quiet lb-small">{{ words.absent }}</p></div>
            <div v-if="label(row)" class="lb-doc-aside lb-no-print">
              <button v-if="recordsOf(row)" type="button" class="lb-doc-count" :aria-expanded="shownRecords === row.id ? 'true' : 'false'" @click="shownRecords = shownRecords === row.id ? null : row.id">{{ recordsOf(row).text }}</button>
              <button type="button" class="lb-icon-button" :data-copy="block(row).citation" :aria-label="words.copy + ': ' + block(row).citation" :title="words.copy" @click="select(row)"><span class="lb-icon lb-icon-copy" aria-hidden="true"></span></button>
              <button type="button" class="lb-icon-button" :aria-label="words.copy_link + ': ' + block(row).citation" :title="words.copy_link" @click="select(row); copyLink(row)"><span class="lb-icon lb-icon-link" aria-hidden="true"></span></button>
            </div>
            <ul v-if="shownRecords === row.id && recordsOf(row)" class="lb-doc-kinds lb-no-print"><li v-for="kind in recordsOf(row).kinds" :key="kind[1]"><a class="lb-button-quiet" :href="kind[1]">{{ kind[0] }}</a></li></ul>
            <p v-for="by in correctedOf(row)" :key="by" class="lb-doc-reading lb-doc-corrected">{{ words.corrected }} <bdi>{{ by }}</bdi></p>
          </section>
        </article>
      </div>
    </div>`,
};
