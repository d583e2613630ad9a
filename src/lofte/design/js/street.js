// Answers typed in where there may be no network. Each is kept on the device under a number of its own until the server
// has it; the same number sent twice is one answer there. Without this script the form is sent as any other.
const form = document.querySelector("form[data-queue]");
const status = document.querySelector("#queue-status");
const refused = document.querySelector("#queue-refused");
const KEY = `lofte-queue:${location.pathname}`;
const CACHE = "lofte-street";
const KEPT = ["channel", "on", "area", "time_band"];
const SAYS_SOMETHING = ["text", "category", "feeling"];
const EVERY = 30_000;

const queue = () => JSON.parse(localStorage.getItem(KEY) ?? "[]");
const keep = (rows) => localStorage.setItem(KEY, JSON.stringify(rows));
const words = (name, n) => form.dataset[name].replace("{n}", n);

let sent = 0;
let isSending = false;
let trouble = "";

function tell() {
  const rows = queue();
  const waiting = rows.filter((row) => !row.problem).length;
  const told = [waiting ? words("waiting", waiting) : words("none", 0)];
  if (sent) told.push(words("sent", sent));
  if (trouble) told.push(words(trouble, 0));
  status.textContent = told.join(" ");
  refused.replaceChildren(...rows.filter((row) => row.problem).map(asRefused));
}

function asRefused(row) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  button.textContent = words("mend", 0);
  button.addEventListener("click", () => {
    keep(queue().filter((each) => each.nonce !== row.nonce));
    fill(row, Object.keys(row));
    form.elements.text.focus();
    tell();
  });
  item.append(`${row.text || ""} – ${row.problem} `, button);
  return item;
}

function fill(row, names) {
  for (const name of names) {
    if (name !== "nonce" && form.elements[name]) form.elements[name].value = row[name];
  }
}

function add(event) {
  event.preventDefault();
  const row = Object.fromEntries(new FormData(form));
  const isEmpty = !SAYS_SOMETHING.some((name) => row[name].trim());
  form.elements.text.setCustomValidity(isEmpty ? words("empty", 0) : "");
  if (isEmpty) {
    form.elements.text.reportValidity();
    return;
  }
  delete row.csrfmiddlewaretoken;
  row.nonce = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  try {
    keep([...queue(), row]);
  } catch {
    // The device is full: what was written stays in the form.
    trouble = "full";
    tell();
    return;
  }
  form.reset();
  fill(row, KEPT);
  form.elements.area.focus();
  tell();
  send();
}

async function send() {
  if (isSending) return;
  isSending = true;
  trouble = "";
  try {
    for (const row of queue().filter((each) => !each.problem)) {
      if (!(await isTaken(row))) break;
    }
  } catch {
    // No network: the answers stay on the device, and the next try is soon.
    trouble = "offline";
  } finally {
    isSending = false;
    tell();
  }
}

async function isTaken(row) {
  const body = new URLSearchParams(row);
  body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const answer = await fetch(location.pathname, {
    method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual",
  });
  if (answer.ok) {
    keep(queue().filter((each) => each.nonce !== row.nonce));
    sent += 1;
    return true;
  }
  if (answer.status === 422) {
    const { problem } = await answer.json();
    keep(queue().map((each) => (each.nonce === row.nonce ? { ...each, problem } : each)));
    return true;
  }
  // Signed out, or the server is ill: nothing is lost, and nothing more is tried now.
  trouble = answer.status >= 500 ? "offline" : "signedout";
  return false;
}

// The page and what it is made of, so that it opens without a network too.
async function keepPage() {
  await navigator.serviceWorker.register(form.dataset.worker);
  const parts = performance.getEntriesByType("resource").map((entry) => entry.name);
  const own = parts.filter((url) => url.startsWith(`${location.origin}/static/`));
  const cache = await caches.open(CACHE);
  await cache.addAll([location.pathname, ...new Set(own)]);
  document.documentElement.dataset.kept = "";
}

form.addEventListener("submit", add);
form.elements.text.addEventListener("input", () => form.elements.text.setCustomValidity(""));
addEventListener("online", send);
addEventListener("storage", tell);
setInterval(() => queue().length && send(), EVERY);
tell();
if (queue().length) send();
if ("serviceWorker" in navigator && navigator.onLine) addEventListener("load", keepPage);
