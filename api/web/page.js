"use strict";

// Everything from an answer enters the page as text, never as markup.
const KINDS = { computed: "computed" };
const form = document.getElementById("form");
const question = document.getElementById("question");
const button = document.getElementById("ask");
const answer = document.getElementById("answer");
const examples = document.getElementById("examples");
let conversation = null;

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function statementElement(statement) {
  const made = element("p", `statement ${statement.kind}`, statement.text);
  made.dir = "auto";
  for (const n of statement.citations) {
    const mark = element("a", "mark", `[${n}]`);
    mark.href = `#citation-${n}`;
    made.append(mark);
  }
  if (KINDS[statement.kind]) made.append(element("span", "kind", KINDS[statement.kind]));
  return made;
}

function citationElement(citation) {
  const made = element("li");
  made.id = `citation-${citation.n}`;
  made.dir = "auto";
  const link = element("a", "", `[${citation.n}] ${citation.label}`);
  // Only a path of this server may be followed.
  if (/^\/(?![/\\])/.test(citation.url)) link.href = citation.url;
  const kind = citation.edition === "digest" ? "summary by LandBrief" : "original";
  made.append(link, element("span", "kind", `${citation.language} · ${kind}`));
  const quote = element("blockquote", "", citation.quote);
  quote.lang = citation.language;
  quote.dir = "auto";
  made.append(quote);
  return made;
}

function show(body) {
  const list = element("ol");
  list.append(...body.citations.map(citationElement));
  answer.lang = body.language;
  answer.replaceChildren(...body.statements.map(statementElement));
  if (body.citations.length) answer.append(list);
}

function fail(text) {
  answer.replaceChildren(element("p", "error", text));
}

async function ask() {
  const request = { question: question.value };
  if (conversation) request.conversation_id = conversation;
  button.disabled = true;
  answer.replaceChildren(element("p", "quiet", "Searching the documents…"));
  try {
    const response = await fetch("/v1/ask", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(request),
    });
    const body = await response.json();
    if (!response.ok) return fail(body.detail || body.title);
    conversation = body.conversation_id;
    examples.hidden = true;
    show(body);
  } catch {
    fail("The server does not answer. Your question is kept: try again in a moment.");
  } finally {
    button.disabled = false;
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
question.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
examples.addEventListener("click", (event) => {
  const example = event.target.closest(".example");
  if (!example) return;
  question.value = example.textContent;
  form.requestSubmit();
});
