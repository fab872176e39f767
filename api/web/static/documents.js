"use strict";

// Files that are dropped on, or chosen for, the list of documents: sent one after the other, each
// with its progress and what became of it. Everything enters the page as text.
(() => {
  const waiting = [];
  let sending = false;
  let done = 0;
  let all = 0;
  let changed = false;
  const panel = () => document.querySelector("[data-upload]");

  function part(tag, name, text = "") {
    const made = document.createElement(tag);
    made.className = name;
    made.textContent = text;
    return made;
  }

  function row(file) {
    const item = part("li", "lb-upload-file");
    const name = part("bdi", "", file.name);
    const state = part("span", "lb-upload-state", panel().dataset.waiting);
    const bar = part("span", "lb-upload-bar");
    bar.append(part("span", ""));
    item.append(name, state, bar);
    panel().querySelector(".lb-upload-files").append(item);
    return { file, item, state, bar };
  }

  function tell(one, state, text) {
    one.item.dataset.state = state;
    one.state.textContent = text;
  }

  function finish(one, result) {
    tell(one, result.status, result.word);
    one.bar.remove();
    const said = part("div", "lb-upload-said");
    if (result.reason) said.append(part("span", "", `${result.reason} `));
    if (result.href) {
      const link = part("a", "", panel().dataset.open);
      link.href = result.href;
      said.append(link);
    }
    for (const text of result.rows || []) said.append(part("div", "", text));
    if (said.childNodes.length) one.item.append(said);
    changed = changed || ["added", "updated"].includes(result.status);
  }

  function fail(one, text, again) {
    tell(one, "rejected", "");
    one.bar.remove();
    const said = part("div", "lb-upload-said", `${text} `);
    one.item.append(said);
    if (!again) return;
    const button = part("button", "lb-button-quiet", panel().dataset.retry);
    button.type = "button";
    button.addEventListener("click", () => { one.item.remove(); take([one.file]); });
    said.append(button);
  }

  function answered(one, request) {
    let told = null;
    try { told = JSON.parse(request.responseText); } catch { told = null; }
    const words = panel().dataset;
    if (request.status === 413) fail(one, words.tooLarge, false);
    else if (told?.files?.length) finish(one, told.files[0]);
    else fail(one, told?.error || words.failed, request.status === 429 || request.status >= 500);
  }

  function send(one) {
    return new Promise((resolve) => {
      const words = panel().dataset;
      const percent = new Intl.NumberFormat(words.locale, { style: "percent" });
      const form = new FormData();
      const visibility = panel().querySelector("[name='visibility']")?.value;
      if (visibility) form.append("visibility", visibility);
      form.append("file", one.file);
      const request = new XMLHttpRequest();
      request.open("POST", words.upload);
      request.upload.addEventListener("progress", (event) => {
        const share = event.total ? event.loaded / event.total : 0;
        one.bar.firstChild.style.inlineSize = `${share * 100}%`;
        tell(one, "sending", words.sending.replace("{percent}", percent.format(share)));
      });
      request.upload.addEventListener("load", () => tell(one, "reading", words.reading));
      request.addEventListener("load", () => { answered(one, request); resolve(); });
      for (const kind of ["error", "abort", "timeout"]) {
        request.addEventListener(kind, () => { fail(one, words.failed, true); resolve(); });
      }
      request.send(form);
    });
  }

  async function work() {
    if (sending) return;
    sending = true;
    while (waiting.length) {
      await send(waiting.shift());
      done += 1;
      const number = new Intl.NumberFormat(panel().dataset.locale);
      panel().querySelector("[role='status']").textContent = panel().dataset.done
        .replace("{count}", number.format(done)).replace("{of}", number.format(all));
    }
    sending = false;
    if (changed) panel().dispatchEvent(new CustomEvent("added"));
    changed = false;
  }

  function take(files) {
    for (const file of files) waiting.push(row(file));
    all += files.length;
    work();
  }

  const chooser = () => panel()?.querySelector("input[type='file']");
  document.addEventListener("click", (event) => {
    const wanted = event.target.closest?.("[data-add-files], .lb-upload-drop");
    if (wanted && panel() && !event.target.closest("select, input, label")) chooser().click();
  });
  document.addEventListener("change", (event) => {
    if (!panel() || event.target !== chooser()) return;
    take([...event.target.files]);
    event.target.value = "";
  });
  const holdsFiles = (event) => panel() && [...(event.dataTransfer?.types || [])].includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    panel().dataset.over = "";
  });
  document.addEventListener("dragleave", (event) => {
    if (panel() && !event.relatedTarget) delete panel().dataset.over;
  });
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    delete panel().dataset.over;
    // A folder has no contents of its own to send.
    const entries = [...event.dataTransfer.items].map((item) => [item.webkitGetAsEntry?.(), item.getAsFile()]);
    take(entries.filter(([entry, file]) => file && !entry?.isDirectory).map(([, file]) => file));
  });
})();
