// Around a full replay: starts it in the frame, says of what it is put together, and follows where it is left for.
"use strict";

const page = document.documentElement.dataset; // replay: its origin; timestamp, url: of the capture shown
const frame = document.getElementById("replay");
const parts = document.getElementById("parts");
const line = new MessageChannel(); // to the service worker alone: archived scripts never get hold of it
const seen = { oldest: null, newest: null, count: 0, missing: 0 };
let started = false;
let running = false;

addEventListener("message", ({ data, origin, source }) => {
  if (origin !== page.replay || source !== frame.contentWindow || typeof data !== "object" || data === null) return;
  if (data.booted && !started) start();
  else if (data.open) open(data.open);
  else if (data.failed && !running) show("The replay did not start: this browser lets no service worker run here. The safe view needs none.");
});

line.port1.onmessage = ({ data }) => {
  running = true;
  if (data.counting) return;
  if (data.missing) seen.missing += 1;
  else {
    const at = Date.parse(data.at);
    seen.count += 1;
    seen.oldest = Math.min(seen.oldest ?? at, at);
    seen.newest = Math.max(seen.newest ?? at, at);
  }
  show(words());
};

function start() {
  started = true; // Only once, before anything archived ran in the frame: what comes later is not from our page.
  const { timestamp, url } = page;
  frame.contentWindow.postMessage({ start: { timestamp, url, hash: location.hash } }, page.replay, [line.port2]);
}

function open({ timestamp, url }) {
  if (/^\d{1,20}$/.test(timestamp) && /^https?:\/\//i.test(url)) location.assign(`/replay/${timestamp}/${url}`);
}

function words() {
  const { oldest, newest, count, missing } = seen;
  const date = (at) => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const from = newest - oldest < 60_000 ? `captured ${date(oldest)}` : `captured from ${date(oldest)} to ${date(newest)}`;
  const lacking = missing ? `; ${missing} ${missing === 1 ? "part is" : "parts are"} not in the archive` : "";
  return `${count} ${count === 1 ? "part" : "parts"}, ${from}${lacking}`;
}

function show(text) {
  if (parts.textContent !== text) parts.textContent = text;
}

frame.src = `${page.replay}/boot`;
