// Around a full replay: starts it in the frame, says of what it is put together, and follows where it is left for.
"use strict";

const page = document.documentElement.dataset; // replay: its origin; timestamp, url: of the capture shown; zone: the outlet's
// A browser that goes back to this page restores what a frame showed that stood in it: the page by which it was left, and
// which would lead on again. What a script puts in, without a name, begins anew.
const framed = document.getElementById("framed");
const frame = framed.content.firstElementChild;
const parts = document.getElementById("parts");
const lacking = document.getElementById("missing");
const told = document.getElementById("sent");
const bytes = crypto.getRandomValues(new Uint8Array(16));
const session = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
// Browsers end a worker that has nothing to do, and begin another when it has, to which nothing leads from here. So a
// second first page stays, and hands it a new line. Archived scripts are of its origin: it stands where no window lists
// its frames, and has no name.
const keeper = document.createElement("iframe");
const seen = { oldest: null, newest: null, count: 0, missing: 0 };
const known = new Set(); // URLs of parts: a page may ask for one again and again
const MOST_KNOWN = 20_000;
const MOST_LISTED = 200;
let started = false;
let running = false;
let stepped = false; // back, for a click that still counts

show("The replay is starting …");

addEventListener("message", ({ data, origin, source }) => {
  if (origin === page.replay && source === keeper.contentWindow) {
    if (data.lost === session) keeper.contentWindow.postMessage({ line: session }, page.replay, [line()]);
    return;
  }
  if (origin !== page.replay || source !== frame.contentWindow || typeof data !== "object" || data === null) return;
  if (data.booted && !started) start();
  else if (data.open) open(data.open);
  else if (data.back) back();
  else if (data.failed && !running) show("The replay did not start: this browser lets no service worker run here. The safe view needs none.");
});

// To the service worker alone: archived scripts never get hold of it.
function line() {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => heard(data);
  return port2;
}

function heard(data) {
  running = true;
  if (data.sent) posted(data.sent);
  if (data.counting || data.sent || known.has(data.url) || known.size >= MOST_KNOWN) return;
  known.add(data.url);
  if (data.missing) {
    seen.missing += 1;
    list(data.url);
  } else {
    const at = Date.parse(data.at);
    seen.count += 1;
    seen.oldest = Math.min(seen.oldest ?? at, at);
    seen.newest = Math.max(seen.newest ?? at, at);
  }
  show(words());
}

function start() {
  started = true; // Only once, before anything archived ran in the frame: what comes later is not from our page.
  const { timestamp, url } = page;
  frame.contentWindow.postMessage({ start: { session, timestamp, url, hash: location.hash } }, page.replay, [line()]);
}

function open({ timestamp, url }) {
  if (!/^\d{1,20}$/.test(timestamp) || !/^https?:\/\//i.test(url)) return;
  if (withoutHash(url) === withoutHash(page.url)) {
    frame.contentWindow.postMessage({ again: true }, page.replay);
    return;
  }
  const replay = new URL(`/replay/${timestamp}/`, location.href).href;
  const next = new URL(replay + url).href;
  if (!next.toLowerCase().startsWith(`${replay}http`)) return; // by steps up (`/../`) it would lead anywhere on this host
  // In place of the step that the frame took, if it took one: a page that leads on by itself leaves none, as in browsers.
  location.replace(next);
}

// One step for whoever clicked there, however often it is asked for.
function back() {
  const { userActivation } = navigator; // of the banner, too
  if (stepped || !userActivation?.isActive || document.activeElement !== frame) return;
  stepped = true;
  history.back();
  const lapse = () => {
    if (userActivation.isActive) setTimeout(lapse, 500);
    else stepped = false;
  };
  lapse();
}

function withoutHash(url) {
  const whole = URL.canParse(url) ? new URL(url).href : url;
  return whole.split("#", 1)[0];
}

function posted(url) {
  told.hidden = false;
  told.querySelector("bdi").textContent = url.slice(0, 2000);
}

function words() {
  const { oldest, newest, count } = seen;
  if (count === 0) return "";
  const from = newest - oldest < 60_000 ? `captured ${date(oldest)} ${offset(oldest)}` : between(oldest, newest);
  return `${count} ${count === 1 ? "part" : "parts"}, ${from}`;
}

function between(oldest, newest) {
  const zone = offset(oldest) === offset(newest) ? "" : ` ${offset(oldest)}`;
  return `captured ${date(oldest)}${zone} to ${date(newest)} ${offset(newest)}`;
}

// As the server writes moments: 2026-01-23 16:00, and UTC+8.
function date(at) {
  const { year, month, day, hour, minute } = written(at, { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return `${year}-${month}-${day} ${hour}:${minute}`;
}

function offset(at) {
  return written(at, { timeZoneName: "shortOffset" }).timeZoneName.replace("GMT", "UTC").replace("-", "−");
}

function written(at, how) {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: page.zone, ...how });
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}

function list(url) {
  const { missing } = seen;
  lacking.hidden = false;
  lacking.querySelector("summary").textContent = `${missing} ${missing === 1 ? "part" : "parts"} missing`;
  if (missing > MOST_LISTED) return;
  const place = document.createElement("bdi");
  place.className = "url";
  place.textContent = missing < MOST_LISTED ? String(url).slice(0, 2000) : "… and more";
  lacking.querySelector("ul").appendChild(document.createElement("li")).append(place);
}

function show(text) {
  if (parts.textContent !== text) parts.textContent = text;
}

frame.src = `${page.replay}/boot`;
framed.replaceWith(frame);
keeper.sandbox = "allow-scripts allow-same-origin";
keeper.src = frame.src;
const unlisted = document.body.appendChild(document.createElement("div"));
unlisted.hidden = true;
unlisted.attachShadow({ mode: "closed" }).append(keeper);
