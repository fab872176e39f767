"use strict";

// The rows of the grids of records: made of text nodes, a few pages of them at a time. The server
// is asked for the page that the reader scrolls to; those far away give way to empty space.
(() => {
  const KEPT = 4;
  const AHEAD = "900px";
  const state = { pages: [], waiting: false, isLast: true, total: 0, watcher: null };
  const root = () => document.getElementById("rec-grid");
  const make = (tag, className, text) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  };
  const tell = (name, detail) => root()?.dispatchEvent(new CustomEvent(name, { detail }));

  // ---- rows ----
  function cell(part, [text, before, after, note]) {
    const made = make(part === "m" ? "th" : "td", `rec-${part}`);
    made.setAttribute("role", part === "m" ? "rowheader" : "cell");
    if (part === "m") made.scope = "row";
    if (!text && !note) made.classList.add("rec-none");
    if (before) made.append(make("span", "rec-quiet", before), " ");
    made.append(make("bdi", "", text));
    if (after) made.append(" ", make("span", "rec-quiet", after));
    if (note) made.append(make("small", "rec-note", note));
    return made;
  }
  function mark(row, nth, [text, opens, sentence, language, citation], hint) {
    const made = make(opens ? "button" : "span", opens ? "lb-chip rec-stop" : "rec-file rec-stop", text);
    made.tabIndex = -1;
    made.dir = opens ? "ltr" : "auto";
    if (opens) {
      made.type = "button";
      made.setAttribute("aria-expanded", "false");
      made.dataset.nth = nth;
      if (citation) made.dataset.citation = citation;
    }
    if (sentence) {
      made.dataset.tip = sentence;
      if (language) made.dataset.tipLang = language;
      if (opens) made.dataset.hint = hint;
    }
    return made;
  }
  function rowOf(given, index, data) {
    const made = make("tr", given.candidate ? "rec-row rec-candidate" : "rec-row");
    made.setAttribute("role", "row");
    made.setAttribute("aria-rowindex", index + 2);
    made.dataset.id = given.id;
    given.cells.forEach((one, nth) => {
      const part = data.parts[nth];
      const here = cell(part, one);
      if (part === "m" && given.candidate) here.append(" ", make("span", "lb-tag rec-tag", data.candidate));
      made.append(here);
    });
    const sources = make("td", "rec-s");
    sources.setAttribute("role", "cell");
    given.marks.forEach((one, nth) => sources.append(mark(given, nth, one, data.hint)));
    if (given.more) sources.append(make("span", "rec-quiet", `+${given.more}`));
    made.append(sources);
    return made;
  }

  // ---- pages ----
  function space(table) {
    let made = table.querySelector(".rec-space");
    if (!made) {
      made = make("tbody", "rec-space");
      made.setAttribute("aria-hidden", "true");
      const row = make("tr");
      row.append(make("td"));
      made.append(row);
      made.height = 0;
      table.tHead.after(made);
    }
    return made;
  }
  function setSpace(table, height) {
    const made = space(table);
    made.height = Math.max(0, height);
    made.hidden = made.height === 0;
    made.rows[0].cells[0].style.height = `${made.height}px`;
  }
  const holdsFocus = (page) => page.body.contains(document.activeElement);
  function dropFar(table, forwards) {
    while (state.pages.length > KEPT) {
      const page = forwards ? state.pages[0] : state.pages[state.pages.length - 1];
      if (holdsFocus(page)) return;
      if (forwards) {
        state.pages.shift();
        setSpace(table, space(table).height + page.body.offsetHeight);
      } else {
        state.pages.pop();
        state.isLast = false;
      }
      page.body.remove();
    }
  }
  function fill(given) {
    const grid = root();
    const table = grid?.querySelector("table");
    if (!table) return;
    const top = grid.getBoundingClientRect().top;
    if (given.isFirst) {
      if (!state.pages.length) showKind();
      for (const one of state.pages) one.body.remove();
      state.pages = [];
      state.total = given.total;
      setSpace(table, 0);
      table.setAttribute("aria-rowcount", given.total + 1);
    } else if (state.pages.some((one) => one.nth === given.page)) {
      state.waiting = false;
      return;
    }
    state.waiting = false;
    grid.classList.remove("rec-waiting");
    const body = make("tbody");
    body.setAttribute("role", "rowgroup");
    const data = grid.dataset;
    const size = given.size;
    given.rows.forEach((one, nth) => body.append(rowOf(one, given.page * size + nth, data)));
    const first = state.pages[0];
    const page = { nth: given.page, body };
    if (first && given.page < first.nth) {
      const was = document.documentElement.scrollHeight;
      space(table).after(body);
      state.pages.unshift(page);
      setSpace(table, given.page === 0 ? 0 : space(table).height - body.offsetHeight);
      // What the new rows measure more than the space they fill must not move what is read.
      const by = document.documentElement.scrollHeight - was;
      if (by && scrollY > 0) scrollBy(0, by);
      dropFar(table, false);
    } else {
      table.append(body);
      state.pages.push(page);
      state.isLast = given.isLast;
      dropFar(table, true);
    }
    grid.querySelector(".rec-more").hidden = state.isLast;
    grid.classList.toggle("rec-whole", state.isLast);
    if (!table.querySelector('.rec-stop[tabindex="0"]')) {
      const stop = table.querySelector(".rec-stop");
      if (stop) stop.tabIndex = 0;
    }
    if (given.isFirst && top < 0) grid.scrollIntoView({ block: "start" });
    watch(grid, table);
  }
  function ask(nth) {
    if (state.waiting || nth < 0) return;
    state.waiting = true;
    root().classList.add("rec-waiting");
    tell("lbpage", nth);
  }
  const after = () => { if (!state.isLast && state.pages.length) ask(state.pages[state.pages.length - 1].nth + 1); };
  const before = () => { if (state.pages[0]?.nth > 0) ask(state.pages[0].nth - 1); };
  function watch(grid, table) {
    state.watcher?.disconnect();
    state.watcher = new IntersectionObserver((entries) => {
      for (const one of entries) {
        if (!one.isIntersecting) continue;
        if (one.target.matches(".rec-foot")) after();
        else before();
      }
    }, { rootMargin: AHEAD });
    state.watcher.observe(grid.querySelector(".rec-foot"));
    if (!space(table).hidden) state.watcher.observe(space(table));
  }
  function failed() {
    state.waiting = false;
    root()?.classList.remove("rec-waiting");
  }

  // ---- keys and clicks: one stop for Tab, arrows within ----
  function moveTo(stop) {
    if (!stop) return;
    for (const one of root().querySelectorAll('.rec-stop[tabindex="0"]')) one.tabIndex = -1;
    stop.tabIndex = 0;
    stop.focus();
    stop.closest("tr").scrollIntoView({ block: "nearest" });
  }
  function stopIn(row, nth) {
    const stops = row ? row.querySelectorAll(".rec-stop") : [];
    return stops[Math.min(nth, stops.length - 1)];
  }
  function onKey(event) {
    const stop = event.target.closest?.(".rec-stop");
    if (!stop || !root()?.contains(stop) || event.ctrlKey || event.metaKey || event.altKey) return;
    const row = stop.closest("tr");
    const rows = [...root().querySelectorAll(".rec-row")];
    const at = rows.indexOf(row);
    const beside = [...row.querySelectorAll(".rec-stop")];
    const nth = beside.indexOf(stop);
    const way = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -rows.length, End: rows.length }[event.key];
    const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    if (way) {
      const to = Math.min(Math.max(at + way, 0), rows.length - 1);
      moveTo(stopIn(rows[to], nth));
      if (to === rows.length - 1) after();
      else if (to === 0) before();
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      moveTo(beside[nth + (event.key === forward ? 1 : -1)]);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }
  function onClick(event) {
    const grid = root();
    if (!grid || !event.target.closest || !grid.contains(event.target)) return;
    if (event.target.closest(".rec-more")) { after(); return; }
    const row = event.target.closest(".rec-row");
    if (!row || String(getSelection())) return;
    const chip = event.target.closest(".lb-chip") || row.querySelector(".lb-chip");
    if (!chip) return;
    for (const one of grid.querySelectorAll('.lb-chip[aria-expanded="true"]')) one.setAttribute("aria-expanded", "false");
    chip.setAttribute("aria-expanded", "true");
    moveTo(chip);
    tell("lbopen", [row.dataset.id, Number(chip.dataset.nth)]);
  }
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("click", onClick);

  function showKind() {
    const here = document.querySelector(".rec-kind[aria-current]");
    const row = here?.parentElement;
    if (row) row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left - 24;
  }

  // ---- the back button, the lists of choices ----
  addEventListener("popstate", () => {
    document.getElementById("rec-address")?.dispatchEvent(new CustomEvent("lbaddress", { detail: location.search }));
  });
  document.addEventListener("toggle", (event) => {
    const panel = event.target;
    if (!panel.matches?.(".rec-choices")) return;
    const opener = document.querySelector(`[popovertarget="${panel.id}"]`);
    opener?.setAttribute("aria-expanded", String(event.newState === "open"));
    if (event.newState !== "open" || !opener) return;
    const at = opener.getBoundingClientRect();
    const box = panel.getBoundingClientRect();
    const rtl = document.documentElement.dir === "rtl";
    // At the end of its line, it ends where its button does.
    const ends = rtl !== panel.matches(".rec-export-menu");
    const wanted = ends ? at.right - box.width : at.left;
    panel.style.setProperty("--at-x", `${Math.min(Math.max(8, wanted), innerWidth - box.width - 8)}px`);
    panel.style.setProperty("--at-y", `${at.bottom + 4}px`);
    panel.style.setProperty("--room", `${Math.max(200, innerHeight - at.bottom - 20)}px`);
  }, true);
  const copyLink = (path) => window.landbrief.copy(new URL(path, location.href).href);

  window.landbriefRecords = { copyLink, failed, fill };
})();
